/** What complaints about words that people type have in common. */
package org.hopscope.model.words;
