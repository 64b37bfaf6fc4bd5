"""One module for each file format; `reports.formats` lists them."""
