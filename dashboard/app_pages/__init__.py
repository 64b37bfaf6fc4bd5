"""Pages: files that Streamlit runs from top to bottom. Not `pages/`, which Streamlit would list by itself."""
