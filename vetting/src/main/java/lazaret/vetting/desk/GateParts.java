package lazaret.vetting.desk;

import java.time.Clock;
import java.util.function.Supplier;
import lazaret.vetting.policy.Policy;

/// What the gate and the desk are made of.
///
/// @param store where everything is kept; closed by whoever opened it
/// @param upstream where crates come from; closed by whoever opened it
/// @param policy the policy in force; the same instance as long as it does not change
/// @param clock the only source of time
/// @param options how the gate behaves apart from policy
public record GateParts(
    Store store, Upstream upstream, Supplier<Policy> policy, Clock clock, GateOptions options) {}
