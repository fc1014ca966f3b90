@org.jspecify.annotations.NullMarked
package lazaret.vetting.search;
