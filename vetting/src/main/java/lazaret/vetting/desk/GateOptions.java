package lazaret.vetting.desk;

import java.time.Duration;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.inspect.InspectLimits;
import lazaret.vetting.retention.RetentionOptions;

/// How the gate behaves apart from policy; all sizes in bytes.
///
/// @param indexTtl how long a confirmed index file is served without asking upstream again
/// @param absentTtl how long "no such crate" is remembered
/// @param retryPause how long upstream is left alone about one name after it failed
/// @param staleWait how long a client waits for a revalidation before it gets what is held
/// @param vettingWait how long a client waits for an answer that needs upstream; cargo gives up at
///   30 s
/// @param scrubInterval how long a stored artefact's hash is trusted before it is checked again
/// @param removalDelay the least time between the first answer of upstream without a version and
///   the request that confirms its removal
/// @param artefactMemory heap for artefacts
/// @param indexMemory heap for index files and views
/// @param parallelDownloads artefacts fetched and inspected at once
/// @param indexLimits limits on foreign index files
/// @param inspectLimits limits on foreign archives
/// @param retention limits on what is kept of clients
public record GateOptions(
    Duration indexTtl,
    Duration absentTtl,
    Duration retryPause,
    Duration staleWait,
    Duration vettingWait,
    Duration scrubInterval,
    Duration removalDelay,
    long artefactMemory,
    long indexMemory,
    int parallelDownloads,
    IndexLimits indexLimits,
    InspectLimits inspectLimits,
    RetentionOptions retention) {

  /// What a fresh installation starts with.
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
