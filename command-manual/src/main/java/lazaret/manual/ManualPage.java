package lazaret.manual;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a program or of one of its commands. The sections are in the order of
/// mdoc(7).
final class ManualPage {
  private static final String EXAMPLES = "Examples:";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH);

  private final ManualProgram program;
  private final LocalDate date;
  private final CommandSpec spec;
  private final MdocText mdoc = new MdocText();

  private ManualPage(ManualProgram program, LocalDate date, CommandSpec spec) {
    this.program = program;
    this.date = date;
    this.spec = spec;
  }

  /// Returns the pages of a program and of all its commands by their file names: `vetting-cli.1`.
  ///
  /// @param date the date that the pages state
  static SortedMap<String, String> pages(ManualProgram program, LocalDate date) {
    SortedMap<String, String> pages = new TreeMap<>();
    add(program, date, program.spec(), pages);
    return pages;
  }

  private static void add(
      ManualProgram program, LocalDate date, CommandSpec spec, Map<String, String> pages) {
    pages.put(name(spec) + "." + program.section(), new ManualPage(program, date, spec).text());
    for (CommandLine part : spec.subcommands().values()) {
      add(program, date, part.getCommandSpec(), pages);
    }
  }

  /// Returns the name of a page: `vetting-cli-bundle-export`.
  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String text() {
    mdoc.macro("Dd " + DATE.format(date))
        .macro("Dt %s %d".formatted(name(spec).toUpperCase(Locale.ROOT), program.section()))
        .macro("Os")
        .section("NAME")
        .macro("Nm " + name(spec))
        .macro("Nd " + header(spec));
    synopsis();
    description();
    options();
    entries("ENVIRONMENT", "Ev", program.environment());
    entries("FILES", "Pa", program.files());
    exitStatus();
    examples();
    seeAlso();
    return mdoc.text();
  }

  /// Returns the header as a clause of the section NAME.
  private static String header(CommandSpec spec) {
    String header = String.join(" ", spec.usageMessage().header());
    return header.isEmpty()
        ? spec.name()
        : Character.toLowerCase(header.charAt(0)) + header.substring(1);
  }

  private void synopsis() {
    mdoc.section("SYNOPSIS").macro("Nm " + spec.qualifiedName());
    for (OptionSpec option : shown(false)) {
      String form = flag(option.longestName()) + value(option);
      mdoc.macro(option.required() ? form : "Op " + form);
    }
    if (!shown(true).isEmpty()) {
      mdoc.macro("Op Ar options");
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (!parameter.hidden()) {
        String form = "Ar " + label(parameter);
        mdoc.macro(parameter.arity().min() > 0 ? form : "Op " + form);
      }
    }
    if (!spec.subcommands().isEmpty()) {
      mdoc.macro("Ar command").macro("Op Ar arguments");
    }
  }

  /// Returns the visible options.
  ///
  /// @param inherited whether those that all commands of the program have are returned, or others.
  ///   The program itself has no others
  private List<OptionSpec> shown(boolean inherited) {
    return spec.options().stream()
        .filter(option -> !option.hidden() && option.inherited() == inherited)
        .toList();
  }

  private static String flag(String name) {
    return "Fl " + name.substring(1);
  }

  /// Returns the value of an option. An option with several values is repeated.
  private static String value(OptionSpec option) {
    return option.arity().max() == 0 ? "" : " Ar " + MdocText.argument(option.paramLabel());
  }

  private static String label(PositionalParamSpec parameter) {
    boolean several = parameter.index().max() > parameter.index().min();
    return MdocText.argument(parameter.paramLabel()) + (several ? " ..." : "");
  }

  private void description() {
    mdoc.section("DESCRIPTION");
    List<String> paragraphs =
        Arrays.stream(spec.usageMessage().description()).filter(text -> !text.isBlank()).toList();
    if (paragraphs.isEmpty()) {
      mdoc.prose(String.join(" ", spec.usageMessage().header()) + ".");
    }
    for (int i = 0; i < paragraphs.size(); i++) {
      if (i > 0) {
        mdoc.macro("Pp");
      }
      mdoc.prose(formatted(paragraphs.get(i)));
    }
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!parameters.isEmpty()) {
      mdoc.macro("Pp").prose("The arguments are as follows:").macro("Bl -tag -width Ds");
      parameters.forEach(each -> mdoc.macro("It Ar " + label(each)).prose(described(each)));
      mdoc.macro("El");
    }
    if (!spec.subcommands().isEmpty()) {
      mdoc.macro("Pp").prose("The commands are as follows:").macro("Bl -tag -width Ds");
      for (CommandLine part : spec.subcommands().values()) {
        CommandSpec below = part.getCommandSpec();
        mdoc.macro("It Ic " + MdocText.argument(below.name()))
            .prose(String.join(" ", below.usageMessage().header()) + ".")
            .prose("See")
            .macro("Xr %s %d .".formatted(name(below), program.section()));
      }
      mdoc.macro("El");
    }
  }

  /// Returns a text of Picocli, in which percent signs are doubled.
  private static String formatted(String text) {
    return text.replace("%n", " ").replace("%%", "%");
  }

  private static String described(ArgSpec argument) {
    String text = formatted(String.join(" ", argument.description()));
    List<String> choices = ManualProgram.choices(argument);
    boolean listed = choices.stream().allMatch(text::contains);
    return listed ? text : text + " One of " + String.join(", ", choices) + ".";
  }

  private void options() {
    if (shown(false).isEmpty() && shown(true).isEmpty()) {
      return;
    }
    mdoc.section("OPTIONS").macro("Bl -tag -width Ds");
    List<OptionSpec> all = new ArrayList<>(shown(false));
    all.addAll(shown(true));
    for (OptionSpec option : all) {
      String names =
          Arrays.stream(option.names())
              .map(name -> flag(name) + value(option))
              .reduce((one, other) -> one + " , " + other)
              .orElseThrow();
      mdoc.macro("It " + names).prose(described(option));
    }
    mdoc.macro("El");
  }

  private void entries(String section, String macro, List<ManualProgram.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    mdoc.section(section).macro("Bl -tag -width Ds");
    for (ManualProgram.Entry entry : entries) {
      mdoc.macro("It %s %s".formatted(macro, MdocText.argument(entry.name()))).prose(entry.text());
    }
    mdoc.macro("El");
  }

  private void exitStatus() {
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    if (codes.isEmpty()) {
      return;
    }
    mdoc.section("EXIT STATUS").macro("Bl -tag -width Ds");
    codes.forEach(
        (code, meaning) ->
            mdoc.macro("It " + MdocText.argument(code)).prose(formatted(meaning) + "."));
    mdoc.macro("El");
  }

  private void examples() {
    List<String> footer = Arrays.asList(spec.usageMessage().footer());
    int begin = footer.indexOf(EXAMPLES);
    if (begin < 0) {
      return;
    }
    mdoc.section("EXAMPLES").macro("Bd -literal");
    footer.subList(begin + 1, footer.size()).stream()
        .filter(line -> !line.isBlank())
        .forEach(line -> mdoc.literal(formatted(line.strip())));
    mdoc.macro("Ed");
  }

  private void seeAlso() {
    List<String> pages = new ArrayList<>();
    CommandSpec above = spec.parent();
    if (above != null) {
      pages.add("%s(%d)".formatted(name(above), program.section()));
    }
    pages.addAll(program.seeAlso());
    mdoc.section("SEE ALSO");
    for (int i = 0; i < pages.size(); i++) {
      String reference = pages.get(i).replace("(", " ").replace(")", "");
      mdoc.macro("Xr " + reference + (i + 1 < pages.size() ? " ," : ""));
    }
  }
}
