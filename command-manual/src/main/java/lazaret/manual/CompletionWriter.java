package lazaret.manual;

import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// A writer of completion scripts for shells. A script has no time in it, so that it is
/// reproducible.
public final class CompletionWriter {
  private CompletionWriter() {}

  /// The supported shells. Their names are the words of the command line.
  public enum Shell {
    /// GNU bash.
    bash,
    /// Z shell.
    zsh,
    /// The friendly interactive shell.
    fish
  }

  /// Returns the script of one program.
  public static String script(Shell shell, CommandSpec program) {
    return switch (shell) {
      // The script is sourced, so that it names no interpreter.
      case bash -> AutoComplete.bash(program.name(), line(program)).replaceFirst("^#![^\n]*\n", "");
      case zsh -> ZshCompletionWriter.script(program);
      case fish -> FishCompletionWriter.script(program);
    };
  }

  /// Returns one script for several programs, to be sourced.
  public static String script(Shell shell, List<CommandSpec> programs) {
    return programs.stream()
        .map(program -> script(shell, program))
        .collect(Collectors.joining("\n"));
  }

  /// Returns the name of the file with the script of a program, as the shell searches it.
  static String fileName(Shell shell, CommandSpec program) {
    return switch (shell) {
      case bash -> program.name();
      case zsh -> "_" + program.name();
      case fish -> program.name() + ".fish";
    };
  }

  private static CommandLine line(CommandSpec program) {
    CommandLine line = program.commandLine();
    return line == null ? new CommandLine(program) : line;
  }

  /// Returns the first sentence of a description, without a full stop.
  static String sentence(String[] description) {
    String text = String.join(" ", description).replace("%n", " ").replace("%%", "%").strip();
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
