/// The access of commands to a desk: over HTTP, or in their own process on a store that no server
/// has open.
///
/// Each verb works with every transport.
@NullMarked
package lazaret.cli.desk;

import org.jspecify.annotations.NullMarked;
