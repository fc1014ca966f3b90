package lazaret.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A writer of completions for fish.
///
/// Source: the manual of fish, `complete`. A function finds the command that was typed so far, so
/// that the options of a command are offered after it alone.
final class FishCompletionWriter {
  private final String program;
  private final String find;
  private final StringBuilder script = new StringBuilder();

  private FishCompletionWriter(CommandSpec spec) {
    this.program = spec.name();
    this.find = "__" + program.replace('-', '_') + "_at";
  }

  static String script(CommandSpec spec) {
    FishCompletionWriter writer = new FishCompletionWriter(spec);
    List<String> paths = new ArrayList<>();
    paths(spec, "", paths);
    String known = paths.isEmpty() ? "''" : String.join(" ", paths);
    writer.script.append(
        """
        function %1$s
            set -l at
            for word in (commandline -opc)[2..]
                if contains -- "$at $word" %2$s
                    set at "$at $word"
                end
            end
            test "$at" = "$argv[1]"
        end
        """
            .formatted(writer.find, known));
    writer.script.append("complete -c ").append(writer.program).append(" -f\n");
    writer.command(spec, "");
    return writer.script.toString();
  }

  private static void paths(CommandSpec spec, String path, List<String> paths) {
    spec.subcommands()
        .forEach(
            (name, part) -> {
              paths.add(quoted(path + " " + name));
              paths(part.getCommandSpec(), path + " " + name, paths);
            });
  }

  private void command(CommandSpec spec, String path) {
    for (CommandLine part : spec.subcommands().values()) {
      CommandSpec below = part.getCommandSpec();
      rule(path, "-a " + quoted(below.name()), below.usageMessage().header());
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
          names.append(
              name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
        }
        String value = option.arity().max() == 0 ? "" : value(option, " -r");
        rule(path, names.substring(1) + value, option.description());
      }
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String value = value(parameter, "");
      if (!parameter.hidden() && !value.isEmpty()) {
        rule(path, value.strip(), parameter.description());
      }
    }
    spec.subcommands().forEach((name, part) -> command(part.getCommandSpec(), path + " " + name));
  }

  private static String value(ArgSpec argument, String required) {
    List<String> choices = ManualProgram.choices(argument);
    if (!choices.isEmpty()) {
      return required + " -f -a " + quoted(String.join(" ", choices));
    }
    if (ManualProgram.isPath(argument)) {
      return required + " -F";
    }
    return required.isEmpty() ? "" : required + " -f";
  }

  private void rule(String path, String what, String[] description) {
    script
        .append("complete -c ")
        .append(program)
        .append(" -n ")
        .append(quoted(find + " " + quoted(path)))
        .append(' ')
        .append(what)
        .append(" -d ")
        .append(quoted(CompletionWriter.sentence(description)))
        .append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
