package lazaret.vetting.deskapi.store;

import lazaret.vetting.deskapi.policy.PolicyReply;

/// The main settings of a policy.
///
/// @param mode the mode of the gate
/// @param automatic whether versions are served without a decision once their cooldown is over
/// @param cooldown the cooldown, for example `7d`
/// @param buildCooldown the cooldown of versions that run code in a build
public record PolicySummaryInfo(
    PolicyReply.Mode mode, boolean automatic, String cooldown, String buildCooldown) {}
