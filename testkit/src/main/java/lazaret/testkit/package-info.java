/// Builders and fakes that tests share.
@NullMarked
package lazaret.testkit;

import org.jspecify.annotations.NullMarked;
