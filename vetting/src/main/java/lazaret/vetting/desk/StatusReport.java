package lazaret.vetting.desk;

import java.time.Instant;
import lazaret.vetting.policy.Policy;

/// How the gate is.
///
/// @param now by the gate's clock
/// @param upstream where crates come from
/// @param policy the policy in force
/// @param crates how many crates are held
/// @param artefacts how many artefacts are held
/// @param openRequests how many versions wait for a person
/// @param ledgerEntries how many entries the ledger has
/// @param room how full the store is
public record StatusReport(
    Instant now,
    String upstream,
    Policy policy,
    long crates,
    long artefacts,
    long openRequests,
    long ledgerEntries,
    Store.Room room) {}
