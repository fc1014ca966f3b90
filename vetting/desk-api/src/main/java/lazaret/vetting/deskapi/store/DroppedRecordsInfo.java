package lazaret.vetting.deskapi.store;

/// The number of records that limits and retention removed.
///
/// @param kind the kind, as in the metric `lazaret_dropped_total`
/// @param count the number of records
public record DroppedRecordsInfo(String kind, long count) {}
