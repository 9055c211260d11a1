#!/usr/bin/python3
"""Runs one notebook in the released .NET Interactive as a Jupyter kernel, with Debian's nbclient (python3-nbclient).

    run_jupyter.py NOTEBOOK EXECUTED [FIRST]

FIRST is a cell that runs before the notebook's own; JupyterTests hands one over that writes down every check. The kernel is the tool of the
repository's manifest (`dotnet tool restore` first); its specification and all that Jupyter keeps lie in a folder that is gone afterwards.
Prints one line for each cell that a reader would see in red, and exits with 1 if there is one.
"""
import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KERNEL = "gan-notebooks-csharp"
REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 900  # seconds for a start or a cell; no measure of anything


def specification(folder: Path) -> None:
    kernel = folder / "kernels" / KERNEL
    kernel.mkdir(parents=True)
    argv = ["dotnet", "tool", "run", "dotnet-interactive", "--", "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": ".NET (C#)", "language": "C#"}))


def complaints(number: int, cell) -> list:
    found = []
    for output in cell.get("outputs", []):
        text = output.get("text", "") + "".join(str(value) for value in output.get("data", {}).values())
        if output["output_type"] == "error":
            found.append(f"{output.get('ename')}: {output.get('evalue')}")
        elif output.get("name") == "stderr":
            found.append("in red: " + text.strip())
        if "✗ FAILS" in text:
            found.append("a check fails")
    return [f"cell [{number}] {cell.get('id', '')}: {what}" for what in found]


def main() -> int:
    source, executed = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    notebook = nbformat.read(source, as_version=4)
    if len(sys.argv) > 3:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(sys.argv[3]))
    # `dotnet tool run` looks for its manifest from the kernel's folder upwards.
    folder_of_kernel = source.parent if REPOSITORY in source.parents else REPOSITORY
    with tempfile.TemporaryDirectory(prefix="gan-notebooks-jupyter-") as folder:
        specification(Path(folder))
        os.environ["JUPYTER_PATH"] = folder
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            os.environ[name] = os.path.join(folder, name.lower())
        os.environ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1"
        client = NotebookClient(
            notebook, kernel_name=KERNEL, timeout=PATIENCE, startup_timeout=PATIENCE, allow_errors=True,
            resources={"metadata": {"path": str(folder_of_kernel)}})
        client.execute()
    nbformat.write(notebook, executed)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [line for number, cell in enumerate(code, 1) for line in complaints(number, cell)]
    print("\n".join(found) if found else f"{len(code)} cells without an error")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
