"""The bare floor: a Flask handler that reads one row by primary key with raw sqlite3 and answers JSON."""

import os
import sqlite3
import threading

from flask import Flask, Response, jsonify

app = Flask(__name__)
local = threading.local()


@app.get("/ligne/<int:number>")
def line(number: int) -> Response:
    """One row of the table of devices."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], check_same_thread=False)
    row = local.connection.execute("SELECT id, tag, status, model FROM device WHERE id = ?", (number,)).fetchone()
    return jsonify(id=row[0], tag=row[1], status=row[2], model=row[3])
