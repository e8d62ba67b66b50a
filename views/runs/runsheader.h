// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fd {

class SearchField;
class TextLabel;

/// The runs page's part of the header: title, "38 of 1,284", search.
class RunsHeader : public QWidget
{
    Q_OBJECT
public:
    explicit RunsHeader(QWidget *parent = nullptr);

    /// `shown` of `total` runs are in the list.
    void setCounts(qint64 shown, qint64 total);
    [[nodiscard]] SearchField *search() const { return m_search; }

private:
    TextLabel *m_counts;
    SearchField *m_search;
};

} // namespace fd
