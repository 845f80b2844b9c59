// Asks Go's own functions: a JSON list of questions on standard input, the list of answers on standard output. The
// packages below `truth/` are copies of Go's source, which go_truth.py makes.
package main

import (
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"strings"

	"truth/asked"
	"truth/buildcfg"
	"truth/gover"
	"truth/mod/module"
	"truth/quoted"
)

func shown(err error) string { return "error: " + err.Error() }

func flags(text string) string {
	words, err := quoted.Split(text)
	if err != nil {
		return shown(err)
	}
	if words == nil {
		words = []string{}
	}
	out, _ := json.Marshal(words)
	return string(out)
}

func experiments(os, arch, text string) string {
	set, err := buildcfg.ParseGOEXPERIMENT(os, arch, text)
	if err != nil {
		return shown(err) + "\t-"
	}
	return strings.Join(set.Enabled(), ",") + "\t" + set.String()
}

func answer(q []string) string {
	switch q[0] {
	case "compare":
		return fmt.Sprint(version.Compare(q[1], q[2]))
	case "valid":
		return fmt.Sprint(version.IsValid(q[1]))
	case "lang":
		return version.Lang(q[1])
	case "islang":
		return fmt.Sprint(gover.IsLang(q[1]))
	case "isprerelease":
		v := gover.Parse(q[1])
		return fmt.Sprint(v.Kind != "")
	case "parse":
		v := gover.Parse(q[1])
		return strings.Join([]string{v.Major, v.Minor, v.Patch, v.Kind, v.Pre}, "|")
	case "proxy":
		return asked.Proxies(q[1], q[2])
	case "sumdb":
		return asked.Database(q[1])
	case "vcs":
		return asked.AllowsVCS(q[1], q[2], q[3] == "yes", q[4])
	case "flags":
		return flags(q[1])
	case "experiment":
		return experiments(q[1], q[2], q[3])
	case "glob":
		return fmt.Sprint(module.MatchPrefixPatterns(q[1], q[2]))
	}
	return "no such question"
}

func main() {
	var questions [][]string
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := []string{}
	for _, q := range questions {
		answers = append(answers, answer(q))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
