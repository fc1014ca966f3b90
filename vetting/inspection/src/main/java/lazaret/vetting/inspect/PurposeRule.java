package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.FileMode;
import lazaret.vetting.inspect.purpose.HostMentions;
import lazaret.vetting.inspect.purpose.PurposeSubject;
import lazaret.vetting.inspect.purpose.ServiceSecret;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.script.ScriptScan;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.trust.CrateTrust;
import org.jspecify.annotations.Nullable;

/// The rule that compares the capabilities of a library or program with the stated purpose of the
/// crate.
///
/// @param purpose the stated purpose
/// @param signals the receiver of the signals
record PurposeRule(StatedPurpose purpose, SignalCollector signals) {
  /// The capabilities by which code names the hosts that it contacts.
  private static final List<Capability> HOSTS =
      List.of(
          Capability.FIXED_HOST,
          Capability.IP_ADDRESS,
          Capability.DROP_HOST,
          Capability.DECODE_LOOP,
          Capability.HIDDEN_TEXT);

  /// The capabilities by which read values can leave the program.
  private static final Capability[] GIVES_AWAY = {
    Capability.NETWORK,
    Capability.PROCESS,
    Capability.FS_WRITE,
    Capability.FFI,
    Capability.NATIVE_EXECUTION
  };

  private static final int MAX_TRUSTED = 8;
  private static final int SCHEME = 3;

  private static final Pattern SCRIPT = Pattern.compile("(?i)<script[^>]{0,100}\\ssrc=");

  /// Texts for other programs that make them fetch from the network.
  private static final Pattern BRINGS =
      Pattern.compile(
          "(?:\\b(?:curl|wget|iwr|git clone|pip3? install|npm (?:i|install)|docker (?:run|pull)|helm repo add|index-url|registry ?=|ProxyCommand|FROM|image:|deb)"
              + "\\b[^\"]{0,120})(?:https?://|registry\\.|oci://)");

  /// Parts of pages and spreadsheets that make their reader fetch from the network.
  private static final Pattern TAKES =
      Pattern.compile(
          "(?i)(?:=\\s*(?:_xlfn\\.)?(?:IMAGE|WEBSERVICE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED)\\("
              + "|<(?:img|image|iframe|embed|object|link|audio|video|source|track|input)\\s[^>]{0,100}(?:src|href|data)="
              + "|@import |url\\(|<!ENTITY|<!DOCTYPE [^>]{0,60}SYSTEM|xlink:href=)[^/a-z]{0,8}(?:https?://|file://|\\\\\\\\)");

  private static final Pattern PROGRAM =
      Pattern.compile("Command::new\\( ?\"([a-z0-9_.+-]{3,32})\"");

  private static final String HOOKS = "hooks/";

  /// Hosts from which pages load libraries.
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "jsdelivr\\.net|cloudflare\\.com|unpkg\\.com|esm\\.sh|jquery\\.com|googleapis\\.com|mathjax\\.org|polyfill");

  /// Hosts of documents, which texts for readers name.
  private static final Pattern DOCUMENTS =
      Pattern.compile(
          "docs\\.rs|rust-lang\\.org|github\\.com|gitlab\\.com|w3\\.org|ietf\\.org|wikipedia\\.org|schemas?\\.|json-schema|\\bdocs?\\.");

  private static final List<Capability> SETUP =
      List.of(Capability.PERSISTENCE, Capability.CONFIG_WRITE, Capability.FOREIGN_WRITE);

  /// The signals of code that the page of a crate may announce. Some crates exist for the
  /// combination of capabilities that makes the signal.
  private static final Map<SignalCode, Set<PurposeSubject>> ANNOUNCED =
      new EnumMap<>(
          Map.of(
              SignalCode.FETCH_AND_RUN,
              EnumSet.of(PurposeSubject.DELIVERY, PurposeSubject.REMOTE),
              SignalCode.RECEIVED_RUN,
              EnumSet.of(PurposeSubject.CHECKED_DELIVERY, PurposeSubject.REMOTE),
              SignalCode.NETWORK_AND_SECRETS,
              EnumSet.of(PurposeSubject.ACCESS),
              SignalCode.NETWORK_AND_ENVIRONMENT,
              EnumSet.of(PurposeSubject.ENVIRONMENT),
              SignalCode.CI_PROBE_AND_RUN,
              EnumSet.of(PurposeSubject.CI),
              SignalCode.PROCESS_FILES,
              EnumSet.of(PurposeSubject.PROCESSES),
              SignalCode.OTHER_PROCESS,
              EnumSet.of(PurposeSubject.PROCESSES),
              SignalCode.KEY_PATTERN,
              EnumSet.of(PurposeSubject.SEARCH_FOR_KEYS),
              SignalCode.CLIPBOARD_SWAP,
              EnumSet.of(PurposeSubject.CLIPBOARD),
              SignalCode.DESTRUCTION,
              EnumSet.of(PurposeSubject.REMOVAL)));

  /// Returns whether the crate announces the behavior behind a signal of its library or program.
  boolean announced(Signal signal) {
    if (signal.code() == SignalCode.CONFIG_WRITE) {
      return signal.excerpt().contains(HOOKS) && purpose.names(PurposeSubject.HOOKS);
    }
    return ANNOUNCED.getOrDefault(signal.code(), Set.of()).stream().anyMatch(purpose::names);
  }

  /// Adds a signal for each subject that the crate does not state.
  ///
  /// @param code the facts about code that runs in the programs of users, or null if there are none
  void detect(@Nullable CodeFacts code) {
    if (code == null) {
      return;
    }
    if (code.has(Capability.NETWORK)
        && !code.purposes().local()
        && !code.purposes().pinned(purpose)) {
      HOSTS.stream()
          .filter(what -> code.has(what) && !(what == Capability.FIXED_HOST && given(code)))
          .findFirst()
          .ifPresent(host -> unstated(PurposeSubject.NETWORK, code.first(host)));
      hosts(code, _ -> true);
    }
    scripts(code);
    if (code.has(Capability.PROCESS) && !code.purposes().asksSystem() && !started(code)) {
      unstated(PurposeSubject.PROGRAMS, code.first(Capability.PROCESS));
    }
    if (code.has(Capability.ENV_ALL) && code.any(GIVES_AWAY)) {
      unstated(PurposeSubject.ENVIRONMENT, code.first(Capability.ENV_ALL));
    }
    if (code.has(Capability.LIBRARY_LOAD)) {
      unstated(PurposeSubject.LOADING, code.first(Capability.LIBRARY_LOAD));
    }
    boolean kept = purpose.names(PurposeSubject.KEPT_FILES);
    SETUP.stream()
        .filter(what -> code.has(what) && !(kept && what == Capability.FOREIGN_WRITE))
        .findFirst()
        .ifPresent(what -> setup(code, what));
  }

  private void setup(CodeFacts code, Capability what) {
    unstated(PurposeSubject.SETUP, code.first(what));
    if (!code.has(Capability.NETWORK)) {
      hosts(code, line -> line.contains("://") && !DOCUMENTS.matcher(line).find());
    }
  }

  /// Adds a signal for a source of another language that reaches the network, if the crate does not
  /// state it.
  ///
  /// @param compiled whether the library may be made of the source, or may hand it out
  void carried(ScriptScan.Found found, boolean compiled) {
    if (compiled
        && found.acts().contains(ScriptScan.Act.FETCH)
        && !purpose.names(PurposeSubject.NETWORK)) {
      String says =
          "%s, of which the crate says nothing: %s"
              .formatted(PurposeSubject.NETWORK.words(), found.says());
      signals.add(Signal.of(SignalCode.UNSTATED_CAPABILITY, found.path(), found.line(), says));
    }
  }

  /// Returns whether sentences of the page name all programs that the code starts. None of them may
  /// be a shell or fetch.
  private boolean started(CodeFacts code) {
    List<String> lines = code.lines(Capability.PROCESS);
    return code.count(Capability.PROCESS) == lines.size()
        && !code.any(Capability.SHELL, Capability.DOWNLOADER, Capability.RECEIVED_RUN)
        && lines.stream().allMatch(line -> FileMode.imports(line) || tool(line));
  }

  private boolean tool(String line) {
    Matcher program = PROGRAM.matcher(line);
    return program.find() && purpose.tells(program.group(1) + " ");
  }

  /// Returns whether sentences of the page name all hosts that the code names.
  private boolean given(CodeFacts code) {
    List<String> lines = code.lines(Capability.FIXED_HOST);
    return code.count(Capability.FIXED_HOST) == lines.size()
        && lines.stream()
            .map(HostMentions::in)
            .allMatch(host -> host.filter(purpose::tells).isPresent());
  }

  private void hosts(CodeFacts code, Predicate<String> counts) {
    for (Capability kind : List.of(Capability.FIXED_HOST, Capability.IP_ADDRESS)) {
      for (Located where : code.of(kind)) {
        String line = where.hit().excerpt();
        String host = counts.test(line) ? HostMentions.in(line).orElse(null) : null;
        boolean callers =
            CodePurposes.callersPart(line)
                || code.purposes().ownService()
                || ServiceSecret.own(List.of(line), List.of(line))
                || HostMentions.identifies(line)
                || line.contains("env::var");
        if (host != null && !callers && !(purpose.namesHost(host) && purpose.explains(host))) {
          String says = "host %s, which the crate does not name: %s".formatted(host, line);
          signals.add(
              Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
          return;
        }
      }
    }
  }

  /// Adds a signal for a page that loads a script from a host that the crate does not name.
  ///
  /// @param code the facts about the code of one place, or null if there are none
  void scripts(@Nullable CodeFacts code) {
    if (code == null) {
      return;
    }
    List<Located> all = new ArrayList<>(code.of(Capability.FIXED_HOST));
    all.addAll(code.of(Capability.URL));
    all.addAll(code.of(Capability.DOWNLOADER));
    for (Located where : all) {
      String line = where.hit().excerpt();
      boolean script = SCRIPT.matcher(line).find();
      String host = taken(line).flatMap(tail -> host(tail, code)).orElse(null);
      if (host != null && !purpose.gives(host) && !LIBRARIES.matcher(host).find()) {
        String says =
            "%s of %s, which the crate does not name: %s"
                .formatted(script ? "a script" : "a text that loads something", host, line);
        signals.add(
            Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
        return;
      }
    }
  }

  /// Returns the part of a line from the address that it loads, or empty if it loads nothing.
  private static Optional<String> taken(String line) {
    Matcher brings = BRINGS.matcher(line);
    if (brings.find()) {
      return Optional.of(line.substring(brings.start()));
    }
    for (Pattern each : List.of(SCRIPT, TAKES)) {
      Matcher takes = each.matcher(line);
      if (takes.find()) {
        return Optional.of(line.substring(takes.end() - SCHEME));
      }
    }
    return Optional.empty();
  }

  /// Returns the host of a text, or the first host of the code if the text leaves it open.
  private static Optional<String> host(String tail, CodeFacts code) {
    return HostMentions.in(tail)
        .or(
            () ->
                code.lines(Capability.FIXED_HOST).stream()
                    .flatMap(other -> HostMentions.in(other).stream())
                    .findFirst());
  }

  /// Adds signals for random numbers and keys on which the crate should not rely.
  ///
  /// @param tests the sources that run nowhere
  void trust(CrateTrust trust, Set<String> tests) {
    trust.find().stream()
        .filter(found -> !tests.contains(found.path()))
        .limit(MAX_TRUSTED)
        .map(at -> Signal.of(SignalCode.WEAK_CHECK, at.path(), at.line(), at.says()))
        .forEach(signals::add);
  }

  private void unstated(PurposeSubject subject, Located where) {
    if (!purpose.names(subject)) {
      String says =
          "%s, of which the crate says nothing: %s"
              .formatted(subject.words(), where.hit().excerpt());
      signals.add(
          Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
    }
  }
}
