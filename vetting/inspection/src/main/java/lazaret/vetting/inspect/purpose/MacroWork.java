package lazaret.vetting.inspect.purpose;

import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.inspect.source.Capability;

/// The work of proc macros that the page of their crate may announce, if they do nothing else.
///
/// @param has returns whether the macros have a capability
public record MacroWork(Predicate<Capability> has) {
  /// The capabilities that neither encoding texts nor caching a reply needs.
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

  /// The capabilities that encoding texts does not need.
  private static final List<Capability> REACHES =
      List.of(Capability.NETWORK, Capability.FS_WRITE, Capability.FOREIGN_WRITE);

  /// The capabilities that caching a reply does not need.
  private static final List<Capability> CHANGES =
      List.of(Capability.FOREIGN_WRITE, Capability.DECODE, Capability.DECODE_LOOP);

  /// Returns whether a capability belongs to the work that the page announces, and the macros do
  /// nothing else.
  ///
  /// They encode texts, or ask a server that only the settings of their user name.
  ///
  /// @param what the capability
  /// @param page the stated purpose of the crate
  /// @param hosts whether the macros name a host in any form
  public boolean announced(Capability what, StatedPurpose page, boolean hosts) {
    return switch (what) {
      case DECODE, DECODE_LOOP -> page.names(PurposeSubject.CODING) && none(REACHES);
      case NETWORK, FS_WRITE -> {
        boolean asks = has.test(Capability.NETWORK) && has.test(Capability.ENV_READ);
        yield asks && !hosts && page.names(PurposeSubject.SCHEMA) && none(CHANGES);
      }
      default -> false;
    };
  }

  private boolean none(List<Capability> also) {
    return MORE.stream().noneMatch(has) && also.stream().noneMatch(has);
  }
}
