package lazaret.cli;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.cli.admin.AuditsVerb;
import lazaret.cli.admin.BackupVerb;
import lazaret.cli.admin.EventsVerb;
import lazaret.cli.admin.FeedVerb;
import lazaret.cli.admin.FsckVerb;
import lazaret.cli.admin.ImportVerb;
import lazaret.cli.admin.RestoreVerb;
import lazaret.cli.admin.StatusVerb;
import lazaret.cli.admin.TokenVerb;
import lazaret.cli.bundle.BundleVerb;
import lazaret.cli.bundle.SignVerb;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.CompletionVerb;
import lazaret.cli.command.HelpVerb;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbSource;
import lazaret.cli.decision.ApproveVerb;
import lazaret.cli.decision.DenyVerb;
import lazaret.cli.decision.ExpiringVerb;
import lazaret.cli.decision.RevokeVerb;
import lazaret.cli.doctor.CargoConfigVerb;
import lazaret.cli.doctor.DoctorVerb;
import lazaret.cli.doctor.SelftestVerb;
import lazaret.cli.keys.KeysVerb;
import lazaret.cli.keys.TrustVerb;
import lazaret.cli.lockfile.ClosureVerb;
import lazaret.cli.lockfile.PrefetchVerb;
import lazaret.cli.lockfile.SbomVerb;
import lazaret.cli.lockfile.VerifyVerb;
import lazaret.cli.login.LoginVerb;
import lazaret.cli.login.LogoutVerb;
import lazaret.cli.login.WhoAmIVerb;
import lazaret.cli.policy.PolicyVerb;
import lazaret.cli.review.QueueVerb;
import lazaret.cli.review.RemovalsVerb;
import lazaret.cli.review.RequestVerb;
import lazaret.cli.review.ReviewVerb;
import lazaret.cli.review.ShowVerb;
import lazaret.cli.review.WhoVerb;
import lazaret.cli.review.WhyVerb;
import lazaret.cli.sandbox.DetonateVerb;
import lazaret.cli.sandbox.SandboxVerb;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The verbs that a command line needs.
///
/// @param named the names of verbs among the words; empty if all are needed
/// @param sources the sources of further verbs
record CliVerbs(Set<String> named, List<VerbSource> sources) {
  /// The verbs in the order of the help text: inspecting, deciding, building, running the gate.
  private static final List<Map.Entry<String, Function<CliSession, Verb>>> VERBS =
      List.of(
          Map.entry("status", StatusVerb::new),
          Map.entry("queue", QueueVerb::new),
          Map.entry("show", ShowVerb::new),
          Map.entry("why", WhyVerb::new),
          Map.entry("request", RequestVerb::new),
          Map.entry("review", ReviewVerb::new),
          Map.entry("detonate", DetonateVerb::new),
          Map.entry("approve", ApproveVerb::new),
          Map.entry("deny", DenyVerb::new),
          Map.entry("revoke", RevokeVerb::new),
          Map.entry("expiring", ExpiringVerb::new),
          Map.entry("removals", RemovalsVerb::new),
          Map.entry("verify", VerifyVerb::new),
          Map.entry("sbom", SbomVerb::new),
          Map.entry("closure", ClosureVerb::new),
          Map.entry("prefetch", PrefetchVerb::new),
          Map.entry("sandbox", SandboxVerb::new),
          Map.entry("doctor", DoctorVerb::new),
          Map.entry("selftest", SelftestVerb::new),
          Map.entry("cargo-config", CargoConfigVerb::new),
          Map.entry("login", LoginVerb::new),
          Map.entry("logout", LogoutVerb::new),
          Map.entry("whoami", WhoAmIVerb::new),
          Map.entry("token", TokenVerb::new),
          Map.entry("feed", FeedVerb::new),
          Map.entry("who", WhoVerb::new),
          Map.entry("log", EventsVerb::new),
          Map.entry("audits", AuditsVerb::new),
          Map.entry("policy", PolicyVerb::new),
          Map.entry("import", ImportVerb::new),
          Map.entry("bundle", BundleVerb::new),
          Map.entry("keys", KeysVerb::new),
          Map.entry("sign", SignVerb::new),
          Map.entry("trust", TrustVerb::new),
          Map.entry("fsck", FsckVerb::new),
          Map.entry("backup", BackupVerb::new),
          Map.entry("restore", RestoreVerb::new),
          Map.entry("completion", CompletionVerb::new));

  private static final List<String> ORDER = VERBS.stream().map(Map.Entry::getKey).toList();

  /// The verbs that come from sources, or have parts from there. Sources are looked for if a word
  /// names one of these, or all verbs are needed: the search opens every jar.
  private static final Set<String> FROM_SOURCES =
      Set.of(
          "backup",
          "bundle",
          "cluster",
          "documentation",
          "follow",
          "git-sources",
          "inventory",
          "keys",
          "private",
          "product",
          "results",
          "retention",
          "run",
          "site-files",
          "store",
          "token",
          "toolchain");

  /// Returns the names of the verbs of this module in the order of the help text.
  static List<String> names() {
    return ORDER;
  }

  /// Returns the verbs whose options are needed. Reading the annotations of one verb takes a few
  /// milliseconds, and of all verbs a tenth of a second. All words that are names of verbs count,
  /// because each of them may be the verb.
  static CliVerbs of(List<String> words) {
    Set<String> named = new LinkedHashSet<>(ORDER);
    named.addAll(FROM_SOURCES);
    named.retainAll(words);
    boolean all = named.isEmpty() || words.contains("help") || words.contains("completion");
    List<VerbSource> sources =
        all || named.stream().anyMatch(FROM_SOURCES::contains)
            ? ServiceLoader.load(VerbSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList()
            : List.of();
    return new CliVerbs(all ? Set.of() : named, sources);
  }

  /// Adds the verbs to the command line of the program.
  void addTo(CommandLine line, CliSession session) {
    for (Map.Entry<String, Function<CliSession, Verb>> verb : VERBS) {
      add(line, session, verb.getKey(), verb.getValue());
    }
    for (VerbSource source : sources) {
      source.verbs().forEach((name, verb) -> add(line, session, name, verb));
    }
    if (named.isEmpty()) {
      line.addSubcommand("help", command(new HelpVerb(session)));
    }
  }

  private void add(
      CommandLine line, CliSession session, String name, Function<CliSession, Verb> make) {
    if (named.isEmpty() || named.contains(name)) {
      CommandLine verb = command(make.apply(session));
      for (VerbSource source : sources) {
        source
            .parts(name)
            .forEach((part, each) -> verb.addSubcommand(part, command(each.apply(session))));
      }
      line.addSubcommand(name, verb);
    }
  }

  private static CommandLine command(Verb verb) {
    CommandLine line = new CommandLine(verb.spec());
    verb.parts().forEach((name, part) -> line.addSubcommand(name, command(part)));
    return line;
  }

  /// Returns the names of all verbs that are known without a search, for a misspelt one.
  ///
  /// @param program the program with the verbs that were added to it
  static Collection<String> known(CommandSpec program) {
    return Stream.concat(ORDER.stream(), program.subcommands().keySet().stream())
        .distinct()
        .toList();
  }
}
