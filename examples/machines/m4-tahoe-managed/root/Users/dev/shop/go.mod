module git.corp.example/team/shop

go 1.25.0

toolchain go1.25.13
