"""Writers: a cable in, bytes out; one format, one module or package. They hold no parsing."""
