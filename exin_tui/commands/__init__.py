"""The subcommands of `exin`, one module each: `add` describes it to the parser, `run` does it."""
