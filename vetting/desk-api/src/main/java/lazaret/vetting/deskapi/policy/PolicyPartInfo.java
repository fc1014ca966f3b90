package lazaret.vetting.deskapi.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A verdict under one part of a policy.
///
/// @param part the table of the policy file, or `cooldown`
/// @param kind the kind of the verdict
/// @param served whether clients get the version
/// @param until the end of a hold; null for every other kind
/// @param code the code of the deciding reason; the source of a package that bypasses the gate
/// @param detail one sentence with the cause
public record PolicyPartInfo(
    String part,
    PolicyVerdictInfo.Kind kind,
    boolean served,
    @Nullable Instant until,
    String code,
    String detail) {}
