package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.inspect.Capabilities.Held;
import lazaret.vetting.inspect.source.Capability;

/// What one version of a crate can do that another, approved one could not.
///
/// @param gained what only the later one has, sorted
/// @param lost what only the earlier one has, sorted
/// @param buildScriptAdded whether only the later one has a build script
/// @param buildScriptChanged whether both have one, and their tokens differ
/// @param sizeFactor how many times as large the later one is, unpacked
/// @param entriesFactor how many times as many files it has
public record CapabilityDelta(
    List<Held> gained,
    List<Held> lost,
    boolean buildScriptAdded,
    boolean buildScriptChanged,
    double sizeFactor,
    double entriesFactor) {
  /// Nothing is different.
  public static final CapabilityDelta NONE =
      new CapabilityDelta(List.of(), List.of(), false, false, 1, 1);

  /// What is told of a difference; none of these is told of a version alone.
  public static final Set<SignalCode> CODES =
      Set.of(
          SignalCode.BUILD_CHANGED,
          SignalCode.NETWORK_GAINED,
          SignalCode.CAPABILITY_GAINED,
          SignalCode.SIZE_JUMP);

  private static final double JUMP = 3;

  /// Below this a crate may grow by any factor, in bytes.
  private static final long SMALL = 64 * 1024;

  /// Copies the lists.
  public CapabilityDelta {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  /// Compares two versions.
  ///
  /// @param from what is approved
  /// @param to what is judged
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
        factor(Math.max(1, from.facts().entries()), Math.max(1, to.facts().entries())));
  }

  private static double factor(long from, long to) {
    return (double) to / from;
  }

  /// Returns whether nothing is different.
  public boolean none() {
    return signals().isEmpty() && gained.isEmpty() && lost.isEmpty();
  }

  /// Returns what of this a reviewer should know first, heaviest first.
  public List<Signal> signals() {
    List<Signal> signals = new ArrayList<>();
    for (Held held : gained) {
      if (held.where() == Place.TEST) {
        continue;
      }
      if (held.what() == Capability.NETWORK) {
        signals.add(at(held, SignalCode.NETWORK_GAINED, "in " + held.where() + " code"));
      } else if (telling(held)) {
        signals.add(at(held, SignalCode.CAPABILITY_GAINED, held.toString()));
      }
    }
    buildChanged(signals);
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

  /// A script that appears asks for a look, and so does one that can do more than before. That the
  /// tokens of one are not the same is what most releases of a crate with a build script bring.
  private void buildChanged(List<Signal> signals) {
    if (buildScriptAdded) {
      signals.add(Signal.of(SignalCode.BUILD_CHANGED, "", 0, "there was none before"));
    } else if (buildScriptChanged) {
      String gains =
          gained.stream()
              .filter(held -> held.where() == Place.BUILD)
              .map(held -> held.what().toString())
              .distinct()
              .collect(Collectors.joining(", "));
      signals.add(
          gains.isEmpty()
              ? Signal.of(SignalCode.BUILD_CHANGED, "", 0, "its tokens are not the same").asNote()
              : Signal.of(
                  SignalCode.BUILD_CHANGED,
                  "",
                  0,
                  "its tokens are not the same, and new in it is " + gains));
    }
  }

  private static Signal at(Held held, SignalCode code, String what) {
    return Signal.of(code, held.path(), held.line(), what);
  }

  /// Whether gaining a capability is rare enough to be told of by itself. Build scripts and macros
  /// do little, so almost anything counts there.
  private static boolean telling(Held held) {
    boolean atBuild = held.where() == Place.BUILD || held.where() == Place.MACRO;
    return switch (held.what()) {
      case PROCESS,
          TLS_OFF,
          CHMOD,
          ENV_ALL,
          CREDENTIAL_PATH,
          DROP_HOST,
          DOWNLOADER,
          PERSISTENCE,
          KEY_PATTERN,
          HIDDEN_TEXT,
          TOOL_CONFIG,
          CONFIG_WRITE,
          PROCESS_FILES,
          DECODED_USE,
          DATA_AS_CODE,
          CONSTRUCTOR,
          SYMBOL_OVERRIDE,
          SECRET_SENT,
          MACHINE_SENT,
          RECEIVED_RUN,
          EXECUTABLE_MEMORY,
          OTHER_PROCESS,
          DESTRUCTION,
          CLIPBOARD_SWAP,
          FIXED_DATE,
          FIXED_RECIPIENT,
          WEAK_CHECK,
          EMITTED_CODE,
          IOC ->
          true;
      case FS_WRITE,
          TEMP_DIR,
          HOME_DIR,
          FFI,
          DECODE,
          IP_ADDRESS,
          URL,
          SHELL,
          GIT,
          GIT_CONTENT,
          CI_NAME,
          BYTE_ARRAY,
          SECRET_NAME,
          LINKS,
          DERIVED_COMMAND,
          UNUSUAL_COMMAND,
          SCRIPT_FILE,
          LINKER_PROGRAM,
          FOREIGN_WRITE,
          DECODE_LOOP,
          PARSED_DATA,
          TEST_DATA,
          NATIVE_EXECUTION,
          CALLERS_SERVICE,
          INLINE_ASM ->
          atBuild;
      case NETWORK, FS_READ, ENV_READ, UNSAFE, PARENT_WALK -> false;
    };
  }
}
