package lazaret.vetting.deskapi.policy;

import org.jspecify.annotations.Nullable;

/// A request to compare a policy with the one in force.
///
/// @param policy the text of a policy file, at most 1 MiB
/// @param name the name of the file in messages; null for `policy.toml`
/// @param lockfile the text of a `Cargo.lock`; null for every version whose artifact is stored
public record PolicyCheckRequest(String policy, @Nullable String name, @Nullable String lockfile) {}
