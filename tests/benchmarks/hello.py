"""The peer of every page: the least that Flask can do on the same server."""

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "hello"


@app.post("/")
def listen() -> str:
    return f"{len(request.get_data())} bytes"
