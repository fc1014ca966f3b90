/// The output of the program: text fitted to a terminal, JSON documents, exit codes.
///
/// The only package that writes to the standard streams.
@NullMarked
package lazaret.cli.report;

import org.jspecify.annotations.NullMarked;
