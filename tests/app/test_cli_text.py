import argparse
import io
import json
import sys

import pytest

from groovescape import cli_text


@pytest.mark.parametrize("text", ["0", "65", "two", "1.5", ""])
def test_a_whole_number_out_of_range_says_the_rule_and_the_value(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=rf"1\.\.64, got {text}"):
        cli_text.whole(1, 64)(text)


def test_the_ends_of_a_range_belong_to_it() -> None:
    assert (cli_text.whole(1, 64)("1"), cli_text.whole(1, 64)("64")) == (1, 64)
    assert (cli_text.number(0, 1)("0"), cli_text.number(0, 1)("1")) == (0.0, 1.0)


@pytest.mark.parametrize("text", ["-0.1", "1.01", "nan", "inf", "much"])
def test_a_number_out_of_range_says_the_rule_and_the_value(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=rf"0\.\.1, got {text}"):
        cli_text.number(0, 1)(text)


def test_a_table_aligns_words_left_and_numbers_right() -> None:
    text = cli_text.table([("kick", 1, 0.5), ("closed hat", 120, 12.25)], ("drum", "hits", "ms"))
    assert text.splitlines() == [
        "drum        hits     ms",
        "kick           1    0.5",
        "closed hat   120  12.25",
    ]


def test_a_table_without_rows_shows_its_titles() -> None:
    assert cli_text.table([], ("name", "bpm")) == "name  bpm"


def test_json_keeps_names_that_are_not_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    cli_text.say_json({"name": "Çiftetelli"})
    text = capsys.readouterr().out
    assert "Çiftetelli" in text
    assert json.loads(text) == {"name": "Çiftetelli"}


def test_letters_that_the_reader_does_not_know_are_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, write in (("stdout", cli_text.say), ("stderr", cli_text.note)):
        reader = io.TextIOWrapper(io.BytesIO(), "ascii")
        monkeypatch.setattr(sys, name, reader)
        write("Größe 大")
        reader.flush()
        assert reader.buffer.getvalue().decode("ascii").rstrip() == "Gr??e ?"


def test_short_work_draws_no_bar_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    progress = cli_text.ProgressBar("Writing")
    progress.show(0.5, "1/2")
    progress.show(1.0, "2/2")
    assert capsys.readouterr().err == ""


def test_long_work_leaves_a_line_a_minute_in_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [0.0]
    monkeypatch.setattr("groovescape.cli_text.time.monotonic", lambda: now_s[0])
    progress = cli_text.ProgressBar("Training")
    for second in range(0, 150, 10):
        now_s[0] = float(second)
        progress.show(second / 150, f"{second} s")
    assert [line.split("] ")[1] for line in capsys.readouterr().err.splitlines()] == ["60 s", "120 s"]


def test_progress_fills_its_bar_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = cli_text.ProgressBar("Writing")
    progress.show(0.5, "1/2")
    progress.show(1.0, "2/2")
    text = capsys.readouterr().err
    assert f"[{'#' * 15}{'.' * 15}] 1/2" in text
    assert f"[{'#' * 30}] 2/2" in text
    assert text.endswith("\n")
