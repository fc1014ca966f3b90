package lazaret.vetting.deskapi.behavior;

/// A line that shows a capability.
///
/// @param path the path of the file, made printable
/// @param line the line, from 1
/// @param excerpt the line or a description of the use; shortened and made printable
/// @param uses the number of uses on the line
/// @param added whether the base lacks a line with this content and capability; lines that only
///   moved, or differ in spaces alone, are not new
public record CapabilityPlaceInfo(
    String path, long line, String excerpt, long uses, boolean added) {}
