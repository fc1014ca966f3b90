/// How the command line reaches a desk: over HTTP, or in its own process over a store that no
/// server holds. Every verb is written once, against one transport.
@NullMarked
package lazaret.cli.desk;

import org.jspecify.annotations.NullMarked;
