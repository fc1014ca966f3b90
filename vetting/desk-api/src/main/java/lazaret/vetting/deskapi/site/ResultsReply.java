package lazaret.vetting.deskapi.site;

import java.util.List;

/// The state of signed inspection results.
///
/// @param keys the keys whose results are used
/// @param sources the feeds that are followed
/// @param waiting the number of results that wait for their archives
/// @param used the number of archives whose findings came from another gate
/// @param published the number of lines in the feed of this gate; 0 if it signs none
public record ResultsReply(
    List<ResultKeyInfo> keys,
    List<ResultSourceInfo> sources,
    long waiting,
    long used,
    long published) {}
