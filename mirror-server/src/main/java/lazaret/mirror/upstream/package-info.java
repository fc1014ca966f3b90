/// Where crates come from, behind the port of the vetting module: a registry over HTTP, a folder,
/// or nothing. Everything here treats upstream as hostile: bounded in time, size and number, kept
/// away from addresses that nobody configured, and never mistaken for "not found" when it merely
/// failed.
@NullMarked
package lazaret.mirror.upstream;

import org.jspecify.annotations.NullMarked;
