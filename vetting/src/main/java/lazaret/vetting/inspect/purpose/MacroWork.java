package lazaret.vetting.inspect.purpose;

import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.inspect.source.Capability;

/// Work of proc macros that the page of their crate may announce: nothing else is done by them.
///
/// @param has whether the macros show a capability
public record MacroWork(Predicate<Capability> has) {
  /// Capabilities of macros that do more than to turn a text into another, or to keep an answer.
  private static final List<Capability> MORE =
      List.of(
          Capability.PROCESS,
          Capability.TLS_OFF,
          Capability.CHMOD,
          Capability.HOME_DIR,
          Capability.TEMP_DIR,
          Capability.ENV_ALL,
          Capability.CI_NAME,
          Capability.SECRET_NAME,
          Capability.CREDENTIAL_PATH,
          Capability.SECRET_SENT,
          Capability.KEY_PATTERN,
          Capability.PERSISTENCE,
          Capability.CONFIG_WRITE,
          Capability.DECODED_USE,
          Capability.HIDDEN_TEXT,
          Capability.BYTE_ARRAY,
          Capability.DATA_AS_CODE,
          Capability.PARSED_DATA,
          Capability.TEST_DATA,
          Capability.EMITTED_CODE,
          Capability.IP_ADDRESS,
          Capability.DROP_HOST,
          Capability.FIXED_HOST,
          Capability.SHELL,
          Capability.DOWNLOADER,
          Capability.SCRIPT_TEXT,
          Capability.FFI,
          Capability.INLINE_ASM,
          Capability.NATIVE_EXECUTION,
          Capability.CONSTRUCTOR,
          Capability.DESTRUCTION,
          Capability.RECEIVED_RUN);

  /// Capabilities of macros that do more than to turn a text into another.
  private static final List<Capability> REACHES =
      List.of(Capability.NETWORK, Capability.FS_WRITE, Capability.FOREIGN_WRITE);

  /// Capabilities of macros that do more than to keep an answer as it is.
  private static final List<Capability> CHANGES =
      List.of(Capability.FOREIGN_WRITE, Capability.DECODE, Capability.DECODE_LOOP);

  /// Returns whether what macros show is the work that a page announces, and no more: they write
  /// texts in another form, or ask a server that only the settings of their user name.
  ///
  /// @param what is shown
  /// @param page what the crate says of itself
  /// @param hosts whether the macros name a host in any form
  public boolean announced(Capability what, StatedPurpose page, boolean hosts) {
    return switch (what) {
      case DECODE, DECODE_LOOP -> page.names(Subject.CODING) && none(REACHES);
      case NETWORK, FS_WRITE -> {
        boolean asks = has.test(Capability.NETWORK) && has.test(Capability.ENV_READ);
        yield asks && !hosts && page.names(Subject.SCHEMA) && none(CHANGES);
      }
      default -> false;
    };
  }

  private boolean none(List<Capability> also) {
    return MORE.stream().noneMatch(has) && also.stream().noneMatch(has);
  }
}
