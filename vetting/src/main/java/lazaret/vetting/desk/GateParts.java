package lazaret.vetting.desk;

import java.time.Clock;

/// What the gate and the desk are made of.
///
/// @param store where everything is kept; closed by whoever opened it
/// @param upstream where crates come from; closed by whoever opened it
/// @param rules the rulebook in force
/// @param clock the only source of time
/// @param options how the gate behaves apart from policy
public record GateParts(
    Store store, Upstream upstream, Rules rules, Clock clock, GateOptions options) {}
