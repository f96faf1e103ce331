"""The lab: a web app on this machine alone. The course, surfaces, races and digits, over the same Python API.

    app.py         the pages and the JSON interface        security.py   what is let in, and how much of it
    worker.py      the one thread that uses JAX            jobs.py       races as processes of their own
    chapters.py, figures.py, surfaces.py, races.py, digits.py     one part of the interface each

The server starts without JAX, which a thread imports while the first page opens; nothing that is sent is ever
evaluated: names are looked up in registries, numbers are parsed, formulas have a parser of their own.
"""
