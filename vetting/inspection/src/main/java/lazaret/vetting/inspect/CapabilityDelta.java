package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.inspect.Capabilities.Entry;
import lazaret.vetting.inspect.particular.AddressLiterals;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.source.Capability;

/// The difference in capabilities between an approved version of a crate and another one.
///
/// @param gained the capabilities of the later version alone, sorted
/// @param lost the capabilities of the earlier version alone, sorted
/// @param buildScriptAdded whether only the later version has a build script
/// @param buildScriptChanged whether both have a build script, with different tokens
/// @param sizeFactor the unpacked size of the later version, divided by that of the earlier one
/// @param entriesFactor the number of entries of the later version, divided by that of the earlier
///   one
/// @param fresh the particulars of the later version alone, sorted
/// @param exchanged the addresses of the later version alone, if an address of the same form is
///   gone from the same file
/// @param code the difference of the code
/// @param acts the known ways in which the later version uses its capabilities
public record CapabilityDelta(
    List<Entry> gained,
    List<Entry> lost,
    boolean buildScriptAdded,
    boolean buildScriptChanged,
    double sizeFactor,
    double entriesFactor,
    List<Particular> fresh,
    List<Particular> exchanged,
    Code code,
    Acts acts) {

  /// The parts of the findings that show how a version uses its capabilities.
  ///
  /// @param queriesOnly whether the build script starts only the compiler, to ask for its version
  /// @param foldersOnly whether the build script creates folders and no files
  /// @param reaching the places of code that reaches the network, starts programs or decodes
  public record Acts(boolean queriesOnly, boolean foldersOnly, Set<ExecutionContext> reaching) {
    /// The acts of a version of which nothing is known.
    public static final Acts UNKNOWN = new Acts(false, false, Set.of(ExecutionContext.values()));

    /// Copies the set.
    public Acts {
      reaching = Set.copyOf(reaching);
    }

    static Acts of(Findings findings) {
      Particulars particulars = findings.trace().particulars();
      return new Acts(
          !particulars.has(ParticularKind.COMMAND),
          !particulars.has(ParticularKind.WRITE),
          findings.capabilities().stored().stream()
              .filter(held -> MEETING.contains(held.what()))
              .map(Entry::where)
              .collect(Collectors.toSet()));
    }
  }

  /// The difference between the code of two versions.
  public enum Code {
    /// The same tokens.
    SAME,
    /// Different tokens, in code that only computes.
    CHANGED,
    /// Different tokens, in code that reaches files, programs, variables or the network.
    REACHING
  }

  /// A difference between equal versions.
  public static final CapabilityDelta NONE =
      new CapabilityDelta(List.of(), List.of(), false, false, 1, 1);

  /// The signals of a difference. A single version has none of them.
  public static final Set<SignalCode> CODES =
      Set.of(
          SignalCode.BUILD_CHANGED,
          SignalCode.NETWORK_GAINED,
          SignalCode.CAPABILITY_GAINED,
          SignalCode.FOREIGN_SOURCE_GAINED,
          SignalCode.ADDRESS_EXCHANGED,
          SignalCode.SIZE_JUMP);

  private static final Set<Capability> REACHING =
      Set.of(
          Capability.NETWORK,
          Capability.PROCESS,
          Capability.FS_WRITE,
          Capability.ENV_ALL,
          Capability.SECRET_NAME,
          Capability.CREDENTIAL_PATH);

  /// The particulars that show that code sends or passes on a value, through any library.
  private static final Set<ParticularKind> HANDING =
      Set.of(ParticularKind.SECRET, ParticularKind.ROUTE);

  /// The capabilities by which code can use an address.
  private static final Set<Capability> MEETING =
      Set.of(
          Capability.NETWORK,
          Capability.PROCESS,
          Capability.DOWNLOADER,
          Capability.SHELL,
          Capability.DECODE,
          Capability.DECODE_LOOP,
          Capability.FFI,
          Capability.NATIVE_EXECUTION);

  /// The capabilities that are reported in each part of the crate that gains them.
  private static final Set<Capability> TELLING =
      EnumSet.of(
          Capability.PROCESS,
          Capability.TLS_OFF,
          Capability.CHMOD,
          Capability.ENV_ALL,
          Capability.CREDENTIAL_PATH,
          Capability.DROP_HOST,
          Capability.DOWNLOADER,
          Capability.PERSISTENCE,
          Capability.KEY_PATTERN,
          Capability.HIDDEN_TEXT,
          Capability.TOOL_CONFIG,
          Capability.CONFIG_WRITE,
          Capability.PLANTED_START,
          Capability.SCRIPT_TEXT,
          Capability.RELAY,
          Capability.PROCESS_FILES,
          Capability.DECODED_USE,
          Capability.DATA_AS_CODE,
          Capability.CONSTRUCTOR,
          Capability.SYMBOL_OVERRIDE,
          Capability.SECRET_SENT,
          Capability.MACHINE_SENT,
          Capability.RECEIVED_RUN,
          Capability.EXECUTABLE_MEMORY,
          Capability.OTHER_PROCESS,
          Capability.DESTRUCTION,
          Capability.CLIPBOARD_SWAP,
          Capability.FIXED_DATE,
          Capability.FIXED_RECIPIENT,
          Capability.WEAK_CHECK,
          Capability.EMITTED_CODE,
          Capability.IOC);

  /// The capabilities that are never reported as gained: they are common, other rules report them,
  /// or they lower the weight of other signals.
  private static final Set<Capability> COMMON =
      EnumSet.of(
          Capability.NETWORK,
          Capability.NETWORK_CLIENT,
          Capability.LIBRARY_LOAD,
          Capability.PLAIN_TOOLS,
          Capability.FS_READ,
          Capability.ENV_READ,
          Capability.UNSAFE,
          Capability.PARENT_WALK,
          Capability.FIXED_HOST,
          Capability.VERIFIED_DOWNLOAD,
          Capability.PINNED_DOWNLOAD,
          Capability.CALLERS_WORD,
          Capability.RUNNER_ANSWER,
          Capability.GIT_QUERY);

  private static final double JUMP = 3;
  private static final int MAX_SLIGHT = 5;

  /// The size in bytes below which a crate may grow by any factor.
  private static final long SMALL = 64 * 1024;

  /// Copies the lists.
  public CapabilityDelta {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    fresh = List.copyOf(fresh);
    exchanged = List.copyOf(exchanged);
  }

  /// Creates a difference of capabilities alone.
  public CapabilityDelta(
      List<Entry> gained,
      List<Entry> lost,
      boolean buildScriptAdded,
      boolean buildScriptChanged,
      double sizeFactor,
      double entriesFactor) {
    this(
        gained,
        lost,
        buildScriptAdded,
        buildScriptChanged,
        sizeFactor,
        entriesFactor,
        List.of(),
        List.of(),
        Code.SAME,
        Acts.UNKNOWN);
  }

  /// Compares two versions.
  ///
  /// @param from the findings of the approved version
  /// @param to the findings of the version to evaluate
  public static CapabilityDelta between(Findings from, Findings to) {
    boolean had = from.trace().buildScript() != null;
    boolean has = to.trace().buildScript() != null;
    return new CapabilityDelta(
        to.capabilities().without(from.capabilities()),
        from.capabilities().without(to.capabilities()),
        has && !had,
        has && had && !Objects.equals(from.trace().buildScript(), to.trace().buildScript()),
        factor(
            Math.max(SMALL, from.facts().unpackedBytes()),
            Math.max(SMALL, to.facts().unpackedBytes())),
        factor(Math.max(1, from.facts().entries()), Math.max(1, to.facts().entries())),
        to.trace().particulars().notIn(from.trace().particulars()),
        exchanged(from, to),
        code(from, to),
        Acts.of(to));
  }

  /// Returns the new addresses that replace others. Hosts count only if the code reaches a network:
  /// in other code they are texts for people.
  private static List<Particular> exchanged(Findings from, Findings to) {
    boolean network =
        to.capabilities().stored().stream()
            .anyMatch(
                held -> held.where() != ExecutionContext.TEST && held.what() == Capability.NETWORK);
    List<Particular> gone = addresses(from, to);
    return addresses(to, from).stream()
        .filter(one -> network || AddressLiterals.form(one.text()) != AddressLiterals.Form.HOST)
        .filter(one -> gone.stream().anyMatch(other -> sameUse(one, other)))
        .toList();
  }

  private static List<Particular> addresses(Findings of, Findings notIn) {
    return of.trace().particulars().notIn(notIn.trace().particulars()).stream()
        .filter(one -> one.kind() == ParticularKind.ADDRESS)
        .toList();
  }

  private static boolean sameUse(Particular one, Particular other) {
    return one.path().equals(other.path())
        && AddressLiterals.form(one.text()) == AddressLiterals.form(other.text());
  }

  private static Code code(Findings from, Findings to) {
    if (from.trace().particulars().code() == to.trace().particulars().code()) {
      return Code.SAME;
    }
    boolean reaches =
        to.capabilities().stored().stream()
            .anyMatch(
                held -> held.where() != ExecutionContext.TEST && REACHING.contains(held.what()));
    boolean hands =
        to.trace().particulars().all().stream().anyMatch(p -> HANDING.contains(p.kind()));
    return reaches || hands ? Code.REACHING : Code.CHANGED;
  }

  /// Returns the small differences that need a review if the release is suspicious by its history.
  ///
  /// They are, in words and at most a few: particulars, gained capabilities, and changed code in a
  /// crate that reaches beyond itself.
  public List<String> slight() {
    Stream<String> particulars =
        fresh.stream().map(p -> p.kind().words() + " at " + p.location() + ": " + p.text());
    Stream<String> capabilities =
        gained.stream()
            .filter(
                held -> held.where() != ExecutionContext.TEST && held.what() != Capability.UNSAFE)
            .map(held -> held + " at " + held.path() + ":" + held.line());
    Stream<String> reaching =
        code == Code.REACHING
            ? Stream.of("other code in a crate that reaches beyond itself")
            : Stream.of();
    return Stream.of(particulars, capabilities, reaching)
        .flatMap(all -> all)
        .limit(MAX_SLIGHT)
        .toList();
  }

  private static double factor(long from, long to) {
    return (double) to / from;
  }

  /// Returns whether there are neither signals nor gained or lost capabilities.
  public boolean none() {
    return signals().isEmpty() && gained.isEmpty() && lost.isEmpty();
  }

  /// Returns the signals of the difference: gained capabilities first, then the build script,
  /// sources in other languages, addresses and size.
  public List<Signal> signals() {
    List<Signal> signals = new ArrayList<>();
    for (Entry held : gained) {
      if (held.where() == ExecutionContext.TEST) {
        continue;
      }
      if (held.what() == Capability.NETWORK) {
        signals.add(at(held, SignalCode.NETWORK_GAINED, "in " + held.where() + " code"));
      } else if (telling(held)) {
        Signal signal = at(held, SignalCode.CAPABILITY_GAINED, held.toString());
        signals.add(harmless(held) ? signal.asNote() : signal);
      }
    }
    buildChanged(signals);
    fresh.stream()
        .filter(one -> one.kind() == ParticularKind.REACH)
        .map(p -> Signal.of(SignalCode.FOREIGN_SOURCE_GAINED, p.path(), p.line(), p.text()))
        .forEach(signals::add);
    exchanged.stream()
        .map(p -> Signal.of(SignalCode.ADDRESS_EXCHANGED, p.path(), p.line(), p.text()))
        .forEach(signals::add);
    if (sizeFactor > JUMP || entriesFactor > JUMP) {
      signals.add(
          Signal.of(
              SignalCode.SIZE_JUMP,
              "",
              0,
              String.format(
                  Locale.ROOT,
                  "%.1f times the bytes, %.1f times the files",
                  sizeFactor,
                  entriesFactor)));
    }
    return List.copyOf(signals);
  }

  /// Adds a signal for a new or changed build script. It is a note if the script has no new
  /// capability to report: a script that only sets flags, or other tokens, are common in good
  /// releases.
  private void buildChanged(List<Signal> signals) {
    String gains =
        gained.stream()
            .filter(held -> held.where() == ExecutionContext.BUILD)
            .filter(held -> held.what() == Capability.NETWORK || telling(held))
            .filter(held -> !harmless(held))
            .map(held -> held.what().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    String news = gains.isEmpty() ? "" : ", and new in it is " + gains;
    if (buildScriptAdded || buildScriptChanged) {
      String what = buildScriptAdded ? "there was none before" : "its tokens are not the same";
      boolean known = !buildScriptAdded || (acts.queriesOnly() && acts.foldersOnly());
      Signal signal = Signal.of(SignalCode.BUILD_CHANGED, "", 0, what + news);
      signals.add(gains.isEmpty() && known ? signal.asNote() : signal);
    }
  }

  /// Returns whether a gained capability is harmless. The build script only asks the compiler for
  /// its version or creates folders, or no code of the same place can reach the address.
  private boolean harmless(Entry held) {
    boolean build = held.where() == ExecutionContext.BUILD;
    return switch (held.what()) {
      case PROCESS -> build && acts.queriesOnly();
      case FS_WRITE -> build && acts.foldersOnly();
      case URL -> !acts.reaching().contains(held.where());
      default -> false;
    };
  }

  private static Signal at(Entry held, SignalCode code, String what) {
    return Signal.of(code, held.path(), held.line(), what);
  }

  /// Returns whether a gained capability is rare enough to be reported. In build scripts and macros
  /// almost every capability is, because they do little.
  private static boolean telling(Entry held) {
    boolean atBuild =
        held.where() == ExecutionContext.BUILD || held.where() == ExecutionContext.MACRO;
    return TELLING.contains(held.what()) || (atBuild && !COMMON.contains(held.what()));
  }
}
