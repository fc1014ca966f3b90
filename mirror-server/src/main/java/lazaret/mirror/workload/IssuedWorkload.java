package lazaret.mirror.workload;

import java.time.Instant;
import lazaret.signin.workload.WorkloadRun;

/// A CI job that got a token.
///
/// @param issuer the address of the CI system
/// @param run the run
/// @param end the end of the token
public record IssuedWorkload(String issuer, WorkloadRun run, Instant end) {}
