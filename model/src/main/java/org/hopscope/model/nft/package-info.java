/**
 * nftables: tables, chains, sets and rules as {@code nft} of version 1.0.6 reads and lists them (nft(8)), and how a packet is
 * walked through them (kernel net/netfilter/nf_tables_core.c).
 */
package org.hopscope.model.nft;
