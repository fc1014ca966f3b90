package lazaret.vetting.gate.context;

import java.time.Duration;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.gate.retention.RetentionOptions;
import lazaret.vetting.index.IndexLimits;

/// The settings of the gate apart from policy. All sizes are in bytes.
///
/// @param indexTtl the time for which a confirmed index file is served without asking upstream
///   again
/// @param absentTtl the time for which the absence of a crate is cached
/// @param retryPause the time for which upstream is not asked about a name after a failure
/// @param staleWait the maximum time that a client waits for a revalidation before it gets the
///   stored file
/// @param vettingWait the maximum time that a client waits for a response that needs upstream;
///   cargo gives up at 30 s
/// @param scrubInterval the time after which a stored artifact's hash is checked again
/// @param removalDelay the minimum time between the first response of upstream without a version
///   and the request that confirms its removal
/// @param artifactMemory the heap for artifacts
/// @param indexMemory the heap for index files and views
/// @param parallelDownloads the maximum number of artifacts that are fetched and inspected at once
/// @param indexLimits the limits of foreign index files
/// @param inspectLimits the limits of foreign archives
/// @param retention the limits of records about clients
public record GateOptions(
    Duration indexTtl,
    Duration absentTtl,
    Duration retryPause,
    Duration staleWait,
    Duration vettingWait,
    Duration scrubInterval,
    Duration removalDelay,
    long artifactMemory,
    long indexMemory,
    int parallelDownloads,
    IndexLimits indexLimits,
    InspectLimits inspectLimits,
    RetentionOptions retention) {

  /// The settings of a fresh installation.
  public static final GateOptions DEFAULT =
      new GateOptions(
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofHours(24),
          Duration.ofHours(1),
          96L << 20,
          64L << 20,
          16,
          IndexLimits.DEFAULT,
          InspectLimits.DEFAULT,
          RetentionOptions.DEFAULT);
}
