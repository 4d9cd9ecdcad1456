// Takes events in: each line is parsed, and appended once, in durable commits.
#pragma once
#include <algorithm>
#include <vector>

#include "lines.hpp"

/// How duplicates are found.
enum class Index {
  none,    ///< not at all
  memory,  ///< by a set of hashes in memory; each commit appends its own, so that the set can be made again
  tree,    ///< by a tree of hashes on the disk, into which each commit puts its own in their order
};

/// An open-addressing set of hashes.
class HashSet {
 public:
  /// Whether it was not there yet.
  bool insert(Hash hash) {
    if (count * 2 >= slots.size()) grow();
    Hash &slot = find(hash);
    if (slot.low64 | slot.high64) return false;
    slot = hash;
    count++;
    return true;
  }

 private:
  Hash &find(Hash hash) {
    size_t mask = slots.size() - 1, place = hash.low64 & mask;
    while ((slots[place].low64 | slots[place].high64) && !XXH128_isEqual(slots[place], hash)) place = (place + 1) & mask;
    return slots[place];
  }

  void grow() {
    std::vector<Hash> old(std::max<size_t>(1 << 16, slots.size() * 2), Hash{0, 0});
    old.swap(slots);
    for (const Hash &hash : old)
      if (hash.low64 | hash.high64) find(hash) = hash;
  }

  std::vector<Hash> slots;
  size_t count = 0;
};

class Ingest {
 public:
  Ingest(const std::string &directory, Index index) : store(directory), index(index) {
    MDB_txn *transaction = store.begin();
    log = table(transaction, "log");
    ids = table(transaction, "ids");
    check(mdb_txn_commit(transaction), "commit");
  }

  /// A commit for each piece of the file.
  uint64_t take(const char *path) {
    Lines input(path);
    std::vector<std::string_view> lines;
    while (input.next(lines)) commit(lines);
    return blocks.sealed();
  }

 private:
  void commit(const std::vector<std::string_view> &lines) {
    std::vector<Hash> hashes;
    for (std::string_view line : lines) hashes.push_back(identity(line));
    MDB_txn *transaction = store.begin();
    std::vector<bool> isNew = index == Index::tree ? putInTree(transaction, hashes) : putInMemory(transaction, hashes);
    for (size_t i = 0; i < lines.size(); i++)
      if (isNew[i]) blocks.add(transaction, log, lines[i]);
    blocks.seal(transaction, log);
    check(mdb_txn_commit(transaction), "commit");
  }

  /// A hash of source and id; the other fields that every event must have are looked at, too.
  Hash identity(std::string_view line) {
    auto document = parser.iterate(Lines::padded(line));
    std::string_view id, type, time, source;
    if (document["id"].get(id) || document["type"].get(type) || document["time"].get(time) || document["source"].get(source))
      fail("no event: " + std::string(line.substr(0, 200)));
    name.assign(source).push_back('\0');
    name.append(id);
    return XXH3_128bits(name.data(), name.size());
  }

  std::vector<bool> putInMemory(MDB_txn *transaction, const std::vector<Hash> &hashes) {
    std::vector<bool> isNew(hashes.size(), true);
    if (index == Index::none) return isNew;
    std::vector<Hash> run;
    for (size_t i = 0; i < hashes.size(); i++)
      if ((isNew[i] = seen.insert(hashes[i]))) run.push_back(hashes[i]);
    uint64_t number = key(++runs);
    MDB_val name = value(&number, sizeof number), all = value(run.data(), run.size() * sizeof(Hash));
    check(mdb_put(transaction, ids, &name, &all, MDB_APPEND), "append");
    return isNew;
  }

  std::vector<bool> putInTree(MDB_txn *transaction, const std::vector<Hash> &hashes) {
    std::vector<bool> isNew(hashes.size(), true);
    std::vector<std::pair<Hash, uint32_t>> sorted;
    for (size_t i = 0; i < hashes.size(); i++) sorted.emplace_back(hashes[i], i);
    std::sort(sorted.begin(), sorted.end());
    for (const auto &[hash, place] : sorted) {
      XXH128_canonical_t bytes;
      XXH128_canonicalFromHash(&bytes, hash);
      MDB_val name = value(&bytes, sizeof bytes), nothing = value("", 0);
      int code = mdb_put(transaction, ids, &name, &nothing, MDB_NOOVERWRITE);
      if (code == MDB_KEYEXIST) isNew[place] = false;
      else check(code, "put");
    }
    return isNew;
  }

  Store store;
  Index index;
  MDB_dbi log, ids;
  Blocks blocks;
  HashSet seen;
  uint64_t runs = 0;
  simdjson::ondemand::parser parser;
  std::string name;
};
