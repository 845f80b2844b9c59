"""Runs the shell of a GitHub workflow or of a GitLab pipeline, step by step, in the repository of the working folder.

steps.py github WORKFLOW BASE    steps.py gitlab PIPELINE BASE
Both follow what the file includes from this source tree ($SOURCE). What stands in `${{ }}` and what a step asks for
with `if` must be among what is known here; anything else ends the run, so that a new one is looked at.
"""
import os
import pathlib
import re
import subprocess
import sys

import yaml

source = pathlib.Path(os.environ["SOURCE"])


def shell(name, script, environment, argv=("sh", "-e")):
    print(f"-- {name}", flush=True)
    done = subprocess.run([*argv, "-c", script], env={**os.environ, **environment}, stderr=subprocess.STDOUT)
    print(f"   exit {done.returncode}", flush=True)
    return done.returncode


class GitHub:
    """`failed` is what `!cancelled()` and the default `if` ask for."""

    def __init__(self, base):
        self.known = {"github.event.pull_request.base.sha": base, "github.event.pull_request.number": "12",
                      "github.token": "a-token"}
        self.failed = False
        self.environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": os.path.abspath("../summary.md"),
                            "GITHUB_PATH": os.path.abspath("../github-path")}

    def filled(self, text, inputs):
        names = {**self.known, **{f"inputs.{name}": value for name, value in inputs.items()}}
        return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda found: names[found[1]], str(text))

    def run(self, steps, inputs, environment):
        for step in steps:
            wanted = {None: not self.failed, "${{ !cancelled() }}": True}[step.get("if")]
            if not wanted:
                print(f"-- {step['name']}: skipped")
                continue
            if "uses" in step:
                self.use(step, inputs)
                continue
            own = {name: self.filled(value, inputs) for name, value in step.get("env", {}).items()}
            argv = {"sh": ("sh", "-e"), None: ("bash", "-e")}[step.get("shell")]
            self.failed = shell(step["name"], step["run"], {**environment, **own}, argv) != 0 or self.failed

    def use(self, step, inputs):
        if step["uses"].startswith("actions/checkout@"):
            return
        folder = source / re.fullmatch(r"platform/gopol/(.+)@main", step["uses"])[1]
        action = yaml.safe_load((folder / "action.yml").read_text())
        given = {name: self.filled(value, inputs) for name, value in step.get("with", {}).items()}
        for name, one in action["inputs"].items():
            if name not in given:
                assert not one.get("required"), name
                given[name] = self.filled(one.get("default", ""), inputs)
        assert set(given) == set(action["inputs"]), given
        self.run(action["runs"]["steps"], given, {**self.environment, "GITHUB_ACTION_PATH": str(folder)})


def github(workflow, base):
    job, = yaml.safe_load(open(workflow))["jobs"].values()
    run = GitHub(base)
    run.run(job["steps"], {}, run.environment)
    return run.failed


def gitlab(pipeline, base):
    given = yaml.safe_load(open(pipeline))
    include, = given["include"]
    jobs = yaml.safe_load((source / include["file"]).read_text())
    variables = {**jobs.pop("variables"), **given["variables"]}
    variables.update({"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_PROJECT_ID": "7", "CI_MERGE_REQUEST_IID": "12",
                      "GOPOL_SCRIPTS": str(source / "share/ci")})  # where an image has installed it
    failed = False
    for name, job in jobs.items():
        own = {key: str(value) for key, value in {**variables, **job.get("variables", {})}.items()}
        failed = shell(name, "\n".join(job["script"]), own) != 0 or failed
        if "after_script" in job:
            shell(f"{name}, after", "\n".join(job["after_script"]), own)
        for file in job.get("artifacts", {}).get("paths", []):
            print(f"   artifact {file}: {os.path.getsize(file) > 0}")
    return failed


sys.exit({"github": github, "gitlab": gitlab}[sys.argv[1]](*sys.argv[2:]))
