// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/parameterfield.h"

#include "models/core/json.h"
#include "views/common/controls.h"
#include "views/deployments/deploymenttext.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <limits>

namespace fd {
namespace {

ParameterField::Kind kindOf(const Json &property)
{
    using Kind = ParameterField::Kind;
    if (!property.is_object())
        return Kind::JsonText;
    if (property.contains("enum") && property["enum"].is_array() && !property["enum"].empty())
        return Kind::Choice;
    const Json type = property.value("type", Json());
    if (type == "string")
        return Kind::Text;
    if (type == "integer")
        return Kind::Integer;
    if (type == "number")
        return Kind::Number;
    if (type == "boolean")
        return Kind::Boolean;
    return Kind::JsonText;
}

QString placeholder(ParameterField::Kind kind)
{
    switch (kind) {
    case ParameterField::Kind::Text:
        return ParameterField::tr("Text; \"\" for empty text");
    case ParameterField::Kind::Integer:
        return ParameterField::tr("Whole number");
    case ParameterField::Kind::Number:
        return ParameterField::tr("Number");
    default:
        return ParameterField::tr("JSON, such as [1, 2] or {\"key\": \"value\"}");
    }
}

Result<QByteArray> readInteger(const QString &text)
{
    bool fine = false;
    const qint64 number = QLocale::c().toLongLong(text, &fine);
    if (!fine)
        return fail(ErrorKind::Validation, ParameterField::tr("Must be a whole number, such as 500."));
    return QByteArray::number(number);
}

Result<QByteArray> readNumber(const QString &text)
{
    if (auto whole = readInteger(text))
        return whole;
    bool fine = false;
    const double number = QLocale::c().toDouble(text, &fine);
    if (!fine || !std::isfinite(number))
        return fail(ErrorKind::Validation, ParameterField::tr("Must be a number, such as 0.5."));
    return toJsonText(Json(number));
}

Result<QByteArray> readJson(const QString &text)
{
    const Result<Json> value = parseJson(text.toUtf8());
    if (!value)
        return fail(ErrorKind::Validation, ParameterField::tr("Is not JSON: %1").arg(value.error().detail));
    return toJsonText(*value);
}

} // namespace

ParameterField::ParameterField(const ParameterInfo &info, const QByteArray &property, QWidget *parent)
    : QWidget(parent), m_name(info.name), m_problem(new TextLabel(QString(), TextRole::Quiet))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::kGap);
    auto *name = new ElidedLabel(oneLine(info.name), TextRole::Strong);
    head->addWidget(name);
    head->addWidget(new ElidedLabel(oneLine(info.typeText), TextRole::Quiet, Tone::Text3), 1);
    if (!info.defaultValue.isEmpty())
        head->addWidget(new ElidedLabel(
            tr("default %1").arg(oneLine(QString::fromUtf8(info.defaultValue))), TextRole::Quiet, Tone::Text3));
    else if (info.required)
        head->addWidget(new TextLabel(tr("required"), TextRole::Quiet, Tone::Text3));
    column->addLayout(head);
    makeControl(property);
    column->addWidget(control());
    column->addWidget(m_problem);
    m_problem->setWordWrap(true);
    m_problem->hide();
    control()->setAccessibleName(tr("%1, %2").arg(oneLine(info.name), oneLine(info.typeText)));
    control()->installEventFilter(this);
    setFocusProxy(control());
}

void ParameterField::makeControl(const QByteArray &property)
{
    const Json schema = parseJson(property).value_or(Json::object());
    m_kind = kindOf(schema);
    if (m_kind == Kind::Boolean || m_kind == Kind::Choice) {
        m_combo = new QComboBox;
        const Json choices = m_kind == Kind::Boolean ? Json::array({true, false}) : schema["enum"];
        for (const Json &choice : choices)
            m_combo->addItem(oneLine(toDisplay(choice)), toJsonText(choice));
        m_combo->setCurrentIndex(-1);
        m_combo->setPlaceholderText(tr("Choose a value"));
        connect(m_combo, &QComboBox::currentIndexChanged, this, &ParameterField::edited);
        return;
    }
    m_line = new QLineEdit;
    m_line->setPlaceholderText(placeholder(m_kind));
    if (m_kind == Kind::JsonText)
        m_line->setFont(roleFont(TextRole::Mono, m_line->font()));
    connect(m_line, &QLineEdit::textEdited, this, &ParameterField::edited);
}

QWidget *ParameterField::control() const { return m_combo != nullptr ? static_cast<QWidget *>(m_combo) : m_line; }

Result<QByteArray> ParameterField::value() const
{
    if (m_combo != nullptr) {
        if (m_combo->currentIndex() < 0)
            return fail(ErrorKind::Validation, tr("Choose a value."));
        return m_combo->currentData().toByteArray();
    }
    const QString text = m_line->text();
    if (m_kind == Kind::Text && !text.isEmpty())
        return toJsonText(toJson(text == QLatin1String("\"\"") ? QString() : text));
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return fail(ErrorKind::Validation, tr("Is required and has no default."));
    if (m_kind == Kind::Integer)
        return readInteger(trimmed);
    if (m_kind == Kind::Number)
        return readNumber(trimmed);
    return readJson(trimmed);
}

void ParameterField::setProblem(const QString &problem)
{
    setInvalid(control(), !problem.isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    control()->setAccessibleDescription(problem);
    QPalette colors = m_problem->palette();
    colors.setColor(QPalette::WindowText, Theme::of(palette()).textOn(Notice::Broken));
    m_problem->setPalette(colors);
}

bool ParameterField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        emit left();
    return QWidget::eventFilter(watched, event);
}

} // namespace fd
