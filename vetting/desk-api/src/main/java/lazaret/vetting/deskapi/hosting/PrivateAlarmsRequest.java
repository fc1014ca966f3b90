package lazaret.vetting.deskapi.hosting;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the alarms about private and reserved names.
///
/// @param after the value of `next` of the previous part; null for the first part
public record PrivateAlarmsRequest(@InQuery @Nullable String after) {}
