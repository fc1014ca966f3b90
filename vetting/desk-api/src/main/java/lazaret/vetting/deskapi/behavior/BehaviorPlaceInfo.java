package lazaret.vetting.deskapi.behavior;

import org.jspecify.annotations.Nullable;

/// A line of the sources that may have caused a recorded event.
///
/// @param path the path of the file, made printable
/// @param line the line, from 1
/// @param excerpt the line or a description; shortened and made printable
/// @param capability the capability that the line shows, for example `process`; null if the line
///   only names the object
/// @param named whether the line names the object of the event
public record BehaviorPlaceInfo(
    String path, long line, String excerpt, @Nullable String capability, boolean named) {}
