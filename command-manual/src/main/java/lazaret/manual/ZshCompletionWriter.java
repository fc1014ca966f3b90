package lazaret.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A writer of completions for zsh: one function for each command. The script works as a file
/// `_PROGRAM` in a folder of `fpath`, and if it is sourced after `compinit`.
///
/// Source: zshcompsys(1), `_arguments` and `_describe`.
final class ZshCompletionWriter {
  private final StringBuilder script = new StringBuilder();

  private ZshCompletionWriter() {}

  static String script(CommandSpec spec) {
    ZshCompletionWriter writer = new ZshCompletionWriter();
    String name = spec.name();
    writer.script.append("#compdef ").append(name).append("\n\n");
    writer.command(spec, "_" + name);
    writer.script.append(
        """
        if [[ $funcstack[1] == _%1$s ]]; then
          _%1$s "$@"
        else
          compdef _%1$s %1$s
        fi
        """
            .formatted(name));
    return writer.script.toString();
  }

  private void command(CommandSpec spec, String function) {
    boolean group = !spec.subcommands().isEmpty();
    List<String> rules = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        option(option, rules);
      }
    }
    if (group) {
      rules.add("'1: :->commands'");
      rules.add("'*:: :->arguments'");
    } else {
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        if (!parameter.hidden()) {
          boolean several = parameter.index().max() > parameter.index().min();
          String at = several ? "*" : String.valueOf(parameter.index().min() + 1);
          rules.add(quoted(at + ":" + text(parameter.paramLabel()) + ":" + action(parameter)));
        }
      }
    }
    script.append(function).append("() {\n");
    script.append("  local curcontext=\"$curcontext\" state line\n  typeset -A opt_args\n");
    script.append("  _arguments -s -S -C");
    rules.forEach(rule -> script.append(" \\\n    ").append(rule));
    script.append(group ? "\n" : " && return 0\n");
    if (group) {
      dispatch(spec, function);
    }
    script.append("}\n\n");
    spec.subcommands()
        .forEach((name, part) -> command(part.getCommandSpec(), function + "_" + name));
  }

  private void dispatch(CommandSpec spec, String function) {
    script.append("  case $state in\n    commands)\n      local -a commands=(\n");
    for (CommandLine part : spec.subcommands().values()) {
      CommandSpec below = part.getCommandSpec();
      String header = CompletionWriter.sentence(below.usageMessage().header());
      script.append("        ").append(quoted(below.name() + ":" + header)).append('\n');
    }
    script.append("      )\n      _describe -t commands command commands\n      ;;\n");
    script.append("    arguments)\n      case $line[1] in\n");
    spec.subcommands()
        .keySet()
        .forEach(name -> script.append("        %s) %s_%s ;;\n".formatted(name, function, name)));
    script.append("      esac\n      ;;\n  esac\n");
  }

  private static void option(OptionSpec option, List<String> rules) {
    String many = option.isMultiValue() ? "*" : "";
    String said = "[" + text(CompletionWriter.sentence(option.description())) + "]";
    boolean flag = option.arity().max() == 0;
    String value = flag ? "" : ":" + text(option.paramLabel()) + ":" + action(option);
    for (String name : option.names()) {
      String equals = flag || !name.startsWith("--") ? "" : "=";
      rules.add(quoted(many + name + equals + said + value));
    }
  }

  private static String action(ArgSpec argument) {
    List<String> choices = ManualProgram.choices(argument);
    if (!choices.isEmpty()) {
      return "(" + String.join(" ", choices) + ")";
    }
    return ManualProgram.isPath(argument) ? "_files" : " ";
  }

  private static String text(String plain) {
    return plain.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
