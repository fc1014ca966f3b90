@NullMarked
package lazaret.testkit.review;

import org.jspecify.annotations.NullMarked;
