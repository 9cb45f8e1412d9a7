module granthelper

go 1.26
