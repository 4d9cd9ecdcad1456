// Folds a log into one row for each person: who is who by union-find, sums, and RFM by fifths.
#pragma once
#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "store.hpp"
#include "text.hpp"

/// What is stored of a person. Times are milliseconds since 1970, 0 where there is none.
struct Person {
  uint32_t events = 0, orders = 0;
  int64_t firstSeen = 0, lastSeen = 0, net = 0, firstOrder = 0, lastOrder = 0;
  uint8_t r = 0, f = 0, m = 0;

  void seen(int64_t time, uint32_t times) {
    firstSeen = firstSeen == 0 ? time : std::min(firstSeen, time);
    lastSeen = std::max(lastSeen, time);
    events += times;
  }

  void ordered(int64_t time, int64_t value) {
    firstOrder = orders == 0 ? time : std::min(firstOrder, time);
    lastOrder = std::max(lastOrder, time);
    orders++;
    net += value;
  }
};

struct Order {
  uint32_t anchor = UINT32_MAX;
  bool placed = false, gone = false;
  int64_t time = 0, total = 0, refunded = 0;

  bool counts() const { return placed && !gone && !(total > 0 && refunded >= total); }
  int64_t net() const { return std::max<int64_t>(0, total - refunded); }
};

/// Numbers for identifiers, in the order in which they come, and which of them belong together.
class Identities {
 public:
  uint32_t number(size_t type, std::string_view value) {
    uint64_t hash = XXH3_64bits_withSeed(value.data(), value.size(), type + 1);
    auto [entry, isNew] = numbers.try_emplace(hash, uint32_t(parents.size()));
    if (isNew) parents.push_back(entry->second);
    return entry->second;
  }

  uint32_t root(uint32_t node) {
    while (parents[node] != node) node = parents[node] = parents[parents[node]];
    return node;
  }

  void join(uint32_t a, uint32_t b) { parents[root(b)] = root(a); }
  size_t count() const { return parents.size(); }

 private:
  struct AsItIs {
    size_t operator()(uint64_t hash) const { return hash; }
  };
  std::unordered_map<uint64_t, uint32_t, AsItIs> numbers;
  std::vector<uint32_t> parents;
};

class Fold {
 public:
  uint64_t events = 0;
  Identities identities;
  std::vector<Person> people;
  std::unordered_map<std::string, Order> orders;

  void read(Store &store) {
    MDB_txn *transaction = store.begin(MDB_RDONLY);
    MDB_cursor *cursor;
    check(mdb_cursor_open(transaction, table(transaction, "log", 0), &cursor), "cursor");
    ZSTD_DCtx *unpacker = ZSTD_createDCtx();
    std::string raw;
    MDB_val name, block;
    while (mdb_cursor_get(cursor, &name, &block, MDB_NEXT) == MDB_SUCCESS) {
      size_t size = ZSTD_getFrameContentSize(block.mv_data, block.mv_size);
      raw.resize(size + simdjson::SIMDJSON_PADDING);
      checked(ZSTD_decompressDCtx(unpacker, raw.data(), size, block.mv_data, block.mv_size));
      for (size_t start = 0; start < size;) {
        size_t end = raw.find('\n', start);
        take(simdjson::padded_string_view(raw.data() + start, end - start, end - start + simdjson::SIMDJSON_PADDING));
        start = end + 1;
      }
    }
    ZSTD_freeDCtx(unpacker);
    mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
  }

  /// Brings the facts of identifiers and orders to the people that they belong to, and scores these.
  void group() {
    for (uint32_t node = 0; node < people.size(); node++) {
      uint32_t root = identities.root(node);
      if (root == node || people[node].events == 0) continue;
      people[root].seen(people[node].firstSeen, people[node].events);
      people[root].lastSeen = std::max(people[root].lastSeen, people[node].lastSeen);
    }
    for (const auto &[id, order] : orders)
      if (order.counts() && order.anchor != UINT32_MAX)
        people[identities.root(order.anchor)].ordered(order.time, order.net());
    score([](const Person &it) { return -((it.lastOrder + kZone) / kDay); }, [](Person &it, int above) { it.r = 5 - above; });
    score([](const Person &it) { return int64_t(it.orders); }, [](Person &it, int above) { it.f = 1 + above; });
    score([](const Person &it) { return it.net; }, [](Person &it, int above) { it.m = 1 + above; });
  }

 private:
  static constexpr int64_t kDay = 86'400'000, kZone = 7 * 3'600'000;

  void take(simdjson::padded_string_view line) {
    auto document = parser.iterate(line);
    std::string_view type, time;
    std::optional<uint32_t> anchor;
    // The fields come in the order in which events are mostly written, so that nothing is read twice.
    if (document["type"].get(type) || document["time"].get(time)) fail("no event");
    int64_t at = milliseconds(time);
    simdjson::ondemand::object ids, data;
    if (!document["ids"].get(ids)) anchor = link(ids);
    if (anchor) people[*anchor].seen(at, 1);
    if (type.substr(0, 6) == "order." && !document["data"].get(data)) orderStep(type.substr(6), at, anchor, data);
    events++;
  }

  /// Joins the identifiers of an event, and gives the strongest one.
  std::optional<uint32_t> link(simdjson::ondemand::object ids) {
    size_t best = kIdentifiers.size();
    uint32_t anchor = 0;
    others.clear();
    for (auto field : ids) {
      std::string_view name, said;
      if (field.unescaped_key().get(name) || field.value().get(said)) continue;
      size_t type = std::find(kIdentifiers.begin(), kIdentifiers.end(), name) - kIdentifiers.begin();
      if (type == kIdentifiers.size() || !normalise(type, said, value)) continue;
      others.push_back(identities.number(type, value));
      if (type < best) best = type, anchor = others.back();
    }
    people.resize(identities.count());
    for (uint32_t other : others) identities.join(anchor, other);
    return others.empty() ? std::nullopt : std::optional(anchor);
  }

  void orderStep(std::string_view step, int64_t at, std::optional<uint32_t> anchor, simdjson::ondemand::object data) {
    bool isPlaced = step == "placed", isRefunded = step == "refunded", ends = step == "cancelled" || step == "returned";
    if (!isPlaced && !isRefunded && !ends) return;
    std::string_view id;
    if (data["order_id"].get(id)) return;
    Order &order = orders[std::string(id)];
    if (ends) order.gone = true;
    int64_t amount = 0;
    if (isRefunded && !data["amount"].get(amount)) order.refunded += amount;
    if (!isPlaced) return;
    order.placed = true;
    order.time = at;
    if (anchor) order.anchor = *anchor;
    if (!data["total"].get(amount)) order.total = amount;
  }

  /// `set` is told how many of the four cuts a person is above. A cut is the least figure that so many fifths do not exceed.
  template <typename Figure, typename Set>
  void score(Figure figure, Set set) {
    std::vector<int64_t> figures;
    for (const Person &person : people)
      if (person.orders > 0) figures.push_back(figure(person));
    if (figures.empty()) return;
    std::sort(figures.begin(), figures.end());
    for (Person &person : people) {
      if (person.orders == 0) continue;
      int above = 0;
      for (size_t fifth = 1; fifth < 5; fifth++) above += figure(person) > figures[(figures.size() * fifth + 4) / 5 - 1];
      set(person, above);
    }
  }

  simdjson::ondemand::parser parser;
  std::vector<uint32_t> others;
  std::string value;
};
