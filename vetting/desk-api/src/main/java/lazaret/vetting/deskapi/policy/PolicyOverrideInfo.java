package lazaret.vetting.deskapi.policy;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// An exception of the policy.
///
/// @param crate the crate; null for every crate
/// @param version the requirement; null for every version
/// @param what the advisory or rule that is set aside
/// @param reason the reason
/// @param expires the end of the exception
/// @param expired whether the exception has ended
public record PolicyOverrideInfo(
    @Nullable CrateName crate,
    @Nullable String version,
    String what,
    String reason,
    Instant expires,
    boolean expired) {}
