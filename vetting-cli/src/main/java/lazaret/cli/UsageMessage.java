package lazaret.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.Excerpt;
import lazaret.vetting.SpellingSuggestion;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The message about a command line that Picocli does not accept.
///
/// @param message the fault
/// @param guess a suggestion of the intended word; empty if no known word is similar
public record UsageMessage(String message, List<String> guess) {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);

  /// Copies the list.
  public UsageMessage {
    guess = List.copyOf(guess);
  }

  /// Returns the message for a fault of a command line.
  ///
  /// @param e the fault that Picocli found
  /// @param lacking further missing values, which Picocli cannot know of
  /// @param verbs the verbs of the intended command
  public static UsageMessage of(
      ParameterException e, List<String> lacking, Collection<String> verbs) {
    // Picocli reports a missing value in preference to an unknown word.
    List<String> unknown =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : e instanceof MissingParameterException
                ? e.getCommandLine().getUnmatchedArguments()
                : List.of();
    if (!unknown.isEmpty()) {
      return unmatched(e.getCommandLine(), unknown.getFirst(), verbs);
    }
    return switch (e) {
      case MissingParameterException missing -> missing(missing, lacking);
      default -> new UsageMessage(converted(e), List.of());
    };
  }

  private static UsageMessage unmatched(CommandLine line, String word, Collection<String> verbs) {
    String shown = Excerpt.of(word);
    if (word.startsWith("-")) {
      List<String> options =
          line.getCommandSpec().options().stream()
              .filter(option -> !option.hidden())
              .flatMap(option -> Stream.of(option.names()))
              .toList();
      return new UsageMessage("there is no option '" + shown + "'", guess(word, options));
    }
    if (verbs.isEmpty()) {
      return new UsageMessage(
          "cannot use '%s': '%s' expects no more arguments".formatted(shown, name(line)),
          List.of());
    }
    String group = name(line);
    return new UsageMessage(
        "there is no verb '%s'%s".formatted(shown, group.isEmpty() ? "" : " of '" + group + "'"),
        guess(word, verbs));
  }

  private static List<String> guess(String word, Collection<String> known) {
    return SpellingSuggestion.of(word, known)
        .map(near -> List.of("did you mean " + near))
        .orElse(List.of());
  }

  private static UsageMessage missing(MissingParameterException e, List<String> lacking) {
    List<String> all = new ArrayList<>(lacking);
    for (ArgSpec arg : e.getMissing()) {
      all.add(
          arg instanceof OptionSpec option
              ? option.longestName() + " " + option.paramLabel()
              : arg.paramLabel());
    }
    return new UsageMessage(
        "cannot run '%s': missing %s"
            .formatted(name(e.getCommandLine()), String.join(", and ", all)),
        List.of());
  }

  private static String converted(ParameterException e) {
    ArgSpec arg = e.getArgSpec();
    return arg == null ? text(e) : converted(e, arg);
  }

  /// Returns the message for an invalid value in terms of the command line. Picocli would name Java
  /// types and constants.
  private static String converted(ParameterException e, ArgSpec arg) {
    String expected =
        arg.type().isEnum()
            ? "one of " + String.join(", ", arg.completionCandidates())
            : NUMBERS.contains(arg.type()) ? "a number" : "";
    return expected.isEmpty() || e.getValue() == null
        ? text(e)
        : "cannot use '%s' for %s: expected %s"
            .formatted(
                Excerpt.of(e.getValue()),
                arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel(),
                expected);
  }

  /// Returns the name of a command without that of the program.
  private static String name(CommandLine line) {
    String name = line.getCommandSpec().qualifiedName();
    int space = name.indexOf(' ');
    return space < 0 ? "" : name.substring(space + 1);
  }

  private static String text(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
