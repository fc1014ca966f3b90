package lazaret.vetting.inspect;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.Hosts;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.purpose.Subject;
import lazaret.vetting.inspect.source.Capability;
import org.jspecify.annotations.Nullable;

/// Compares what the code of a library or program can do with what the crate says of itself.
///
/// @param purpose what it says
/// @param signals receives the signals
record PurposeRule(StatedPurpose purpose, Signals signals) {
  /// Capabilities by which code names the host that it talks to.
  private static final List<Capability> HOSTS =
      List.of(
          Capability.FIXED_HOST,
          Capability.IP_ADDRESS,
          Capability.DROP_HOST,
          Capability.DECODE_LOOP,
          Capability.HIDDEN_TEXT);

  /// Capabilities by which what was read can leave the program.
  private static final Capability[] GIVES_AWAY = {
    Capability.NETWORK,
    Capability.PROCESS,
    Capability.FS_WRITE,
    Capability.FFI,
    Capability.NATIVE_EXECUTION
  };

  private static final Pattern SCRIPT = Pattern.compile("(?i)<script[^>]{0,100}\\ssrc=");

  /// Hosts from which pages take libraries.
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "jsdelivr\\.net|cloudflare\\.com|unpkg\\.com|esm\\.sh|jquery\\.com|googleapis\\.com|mathjax\\.org|polyfill");

  private static final List<Capability> SETUP =
      List.of(Capability.PERSISTENCE, Capability.CONFIG_WRITE, Capability.FOREIGN_WRITE);

  /// The signals of code that the page of a crate may announce: each is made by a combination of
  /// capabilities that some crates exist for.
  private static final Map<SignalCode, Set<Subject>> ANNOUNCED =
      new EnumMap<>(
          Map.of(
              SignalCode.FETCH_AND_RUN,
              EnumSet.of(Subject.DELIVERY, Subject.REMOTE),
              SignalCode.RECEIVED_RUN,
              EnumSet.of(Subject.CHECKED_DELIVERY, Subject.REMOTE),
              SignalCode.NETWORK_AND_SECRETS,
              EnumSet.of(Subject.ACCESS),
              SignalCode.NETWORK_AND_ENVIRONMENT,
              EnumSet.of(Subject.ENVIRONMENT),
              SignalCode.CI_PROBE_AND_RUN,
              EnumSet.of(Subject.CI),
              SignalCode.PROCESS_FILES,
              EnumSet.of(Subject.PROCESSES),
              SignalCode.OTHER_PROCESS,
              EnumSet.of(Subject.PROCESSES),
              SignalCode.KEY_PATTERN,
              EnumSet.of(Subject.SEARCH_FOR_KEYS),
              SignalCode.CLIPBOARD_SWAP,
              EnumSet.of(Subject.CLIPBOARD),
              SignalCode.DESTRUCTION,
              EnumSet.of(Subject.REMOVAL)));

  /// Returns whether the crate announces what a signal of its library or program shows.
  boolean announced(Signal signal) {
    return ANNOUNCED.getOrDefault(signal.code(), Set.of()).stream().anyMatch(purpose::names);
  }

  /// Adds a signal for each subject of which the crate says nothing.
  ///
  /// @param code what the code shows that runs in the programs of users; null where it shows
  ///   nothing
  void judge(@Nullable CodeFacts code) {
    if (code == null) {
      return;
    }
    if (code.has(Capability.NETWORK)
        && !code.purposes().local()
        && !code.purposes().pinned(purpose)) {
      HOSTS.stream()
          .filter(code::has)
          .findFirst()
          .ifPresent(host -> unstated(Subject.NETWORK, code.first(host)));
      hosts(code);
    }
    scripts(code);
    if (code.has(Capability.PROCESS)) {
      unstated(Subject.PROGRAMS, code.first(Capability.PROCESS));
    }
    if (code.has(Capability.ENV_ALL) && code.any(GIVES_AWAY)) {
      unstated(Subject.ENVIRONMENT, code.first(Capability.ENV_ALL));
    }
    SETUP.stream()
        .filter(code::has)
        .findFirst()
        .ifPresent(what -> unstated(Subject.SETUP, code.first(what)));
  }

  private void hosts(CodeFacts code) {
    for (Capability kind : List.of(Capability.FIXED_HOST, Capability.IP_ADDRESS)) {
      for (Located where : code.of(kind)) {
        String host = Hosts.in(where.hit().excerpt()).orElse(null);
        boolean callers =
            Purposes.callersPart(where.hit().excerpt())
                || code.purposes().ownService()
                || where.hit().excerpt().contains("env::var");
        if (host != null && !callers && !purpose.namesHost(host)) {
          String says =
              "host %s, which the crate does not name: %s".formatted(host, where.hit().excerpt());
          signals.add(
              Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
          return;
        }
      }
    }
  }

  /// Pages that take a script from a host of which the crate says nothing.
  ///
  /// @param code what the code of one place shows; null where it shows nothing
  void scripts(@Nullable CodeFacts code) {
    for (Located where : code == null ? List.<Located>of() : code.of(Capability.FIXED_HOST)) {
      String line = where.hit().excerpt();
      String host = SCRIPT.matcher(line).find() ? Hosts.in(line).orElse(null) : null;
      if (host != null && !purpose.gives(host) && !LIBRARIES.matcher(host).find()) {
        String says = "a script of %s, which the crate does not name: %s".formatted(host, line);
        signals.add(
            Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
        return;
      }
    }
  }

  private void unstated(Subject subject, Located where) {
    if (!purpose.names(subject)) {
      String says =
          "%s, of which the crate says nothing: %s"
              .formatted(subject.words(), where.hit().excerpt());
      signals.add(
          Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
    }
  }
}
