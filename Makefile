# The commands of Bám Sát. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix demo bench lock clean

BIN := .venv/bin

help: ## liệt kê các lệnh / list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## chuẩn bị .venv, làm lại bao nhiêu lần cũng được / prepare .venv; safe to repeat
	@PYTHON="$(PYTHON)" sh scripts/setup.sh

run: setup ## chạy phần mềm, lần đầu có sẵn đơn vị mẫu / start it, with the sample organisation on first use
	$(BIN)/bamsat up

test: setup ## chạy mọi phép thử / run every test
	$(BIN)/python -m tests.programs
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup ## kiểm tra cách viết, kiểu dữ liệu và chiều phụ thuộc / style, types, import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## tự sửa cách viết / mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

demo: setup ## đơn vị mẫu: kế hoạch, đơn vị, trang tin tại máy này / the sample organisation, collected over HTTP
	$(BIN)/bamsat demo

bench: setup ## đo tốc độ / measure speed
	@for name in bench_coverage plans_reading extraction_templates collection_unchanged collection_rate; do \
		echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

lock: setup ## viết lại requirements.lock theo pyproject.toml / write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements.lock

clean: ## xoá .venv và các bộ nhớ đệm, giữ dữ liệu trong var / remove .venv and caches, keep the data in var
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
