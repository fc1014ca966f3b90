package lazaret.vetting.deskapi.site;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A key whose inspection results a gate uses.
///
/// @param id the SHA-256 of its bytes
/// @param until the time from which its results are not used; null if the trust names none
/// @param revoked the reason of its revocation; null if it is in force
public record ResultKeyInfo(Sha256 id, @Nullable Instant until, @Nullable String revoked) {}
