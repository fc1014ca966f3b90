package lazaret.vetting.deskapi.decisions;

import lazaret.vetting.deskapi.crates.DecisionInfo;
import org.jspecify.annotations.Nullable;

/// An approval or exemption that expires.
///
/// @param decision the decision
/// @param expired whether it has expired
/// @param needed whether the version is withheld without it
/// @param without the verdict without it in one clause; null if the version is not in the index
public record ExpiringDecisionInfo(
    DecisionInfo decision, boolean expired, boolean needed, @Nullable String without) {}
